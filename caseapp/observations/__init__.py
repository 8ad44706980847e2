"""What people saw and heard, contacts and meetings."""
