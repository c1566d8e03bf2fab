"""Whether a part is signed: electronic signatures in words, and signature lines with or without ink."""
