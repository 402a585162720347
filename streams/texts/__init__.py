"""What the software says to people, in Indonesian and English."""
