"""Step 2, incidents: the data beside the article, with where it comes from and how far it reaches."""
