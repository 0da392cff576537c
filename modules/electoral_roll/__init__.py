"""Electoral rolls: the closed roll of an area is committed to, and nothing is added, removed or altered unseen."""
