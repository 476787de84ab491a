"""From a file that an analyst has to a snapshot: the steps of `brief import`."""
