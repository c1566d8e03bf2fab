"""What the PDF reader is made of: the page's frame, its words, its form fields and annotations, its picture, bombs."""
