"""Files made to do harm, and good ones that were hurt: what a reader of lists must stand up to."""
