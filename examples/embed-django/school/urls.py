"""The addresses of the school."""

from django.contrib.auth.views import LoginView
from django.urls import path

from lessons import views

urlpatterns = [
    path("", views.courses, name="courses"),
    path("lessons/<slug:slug>", views.lesson, name="lesson"),
    path("lessons/<slug:slug>/answers", views.answer, name="answer"),
    path("login", LoginView.as_view(template_name="lessons/login.html"), name="login"),
]
