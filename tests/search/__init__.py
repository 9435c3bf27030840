"""What a search must answer, said twice over: by a plain scan of the trials, and from the written files alone."""
