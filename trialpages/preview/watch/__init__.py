"""What changes on the disk: events where the system tells of them, times where it does not."""
