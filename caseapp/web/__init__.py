"""What all pages share: forms, words, dates, the frame and the guard."""
