"""What is kept on disk. The shell's: nothing here decides anything."""
