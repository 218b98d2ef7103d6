from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ("archive", "0002_scans_and_bundles"),
    ]

    operations = [
        migrations.AddField(model_name="campaign", name="period", field=models.JSONField(null=True)),
        migrations.AddField(model_name="campaign", name="calendar", field=models.JSONField(default=dict)),
    ]
