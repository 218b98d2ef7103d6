from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0004_past_answers"),
    ]

    operations = [
        migrations.CreateModel(
            name="SavedSearch",
            fields=[
                ("name", models.CharField(max_length=100, primary_key=True, serialize=False)),
                ("query", models.TextField()),
                ("options", models.JSONField(default=dict)),
                ("by", models.TextField()),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.AddIndex(
            model_name="recognition",
            index=models.Index(
                models.F("document"), condition=models.Q(("secret", True)), name="recognition_secret"
            ),
        ),
    ]
