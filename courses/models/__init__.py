"""The models. One that is not imported here is skipped by ``makemigrations`` without a word."""

from courses.models.participations import Participation
from courses.models.pictures import Picture
from courses.models.progress import Progress, ProgressEvent
from courses.models.steps import Step
from courses.models.themes import Theme
from courses.models.topics import Edition, Topic

__all__ = ["Edition", "Participation", "Picture", "Progress", "ProgressEvent", "Step", "Theme", "Topic"]
