class Refused(Exception):
    """A request that is answered with an error envelope.

    Attributes:
        message: the message in the response.
        status: HTTP status.
    """

    def __init__(self, message: str, status: int = 400) -> None:
        super().__init__(message)
        self.message = message
        self.status = status
