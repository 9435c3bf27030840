"""What an editor is told of a page: where each block's words stand, how they read, and what the page depends on."""
