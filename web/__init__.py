"""What is reached by HTTP: the REST API and the pages for people."""
