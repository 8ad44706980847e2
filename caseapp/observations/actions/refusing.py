"""What every action of this slice refuses."""


class NotYetError(ValueError):
    """Something is said to have been seen, heard or done on a day that has not come yet."""


class NothingAgreedError(ValueError):
    """An observation has no agreed action that could be done."""


class NoWordsError(ValueError):
    """There are neither words of the child nor a reason why it was not asked."""
