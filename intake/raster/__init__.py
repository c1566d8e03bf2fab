"""Pictures of pages from image files: TIFF read strip by strip where it must be, all others through Pillow."""
