
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0001_initial'),
    ]

    operations = [
        migrations.AddField(
            model_name='digest',
            name='changed_count',
            field=models.PositiveIntegerField(default=0, verbose_name='papers changed'),
        ),
        migrations.AddField(
            model_name='digest',
            name='changes_accepted',
            field=models.BooleanField(default=False, verbose_name='changes accepted'),
        ),
        migrations.AddField(
            model_name='digest',
            name='held',
            field=models.BooleanField(db_index=True, default=False, verbose_name='held back'),
        ),
        migrations.AddField(
            model_name='historicalsource',
            name='rank',
            field=models.IntegerField(default=100, help_text='Lower numbers come first. If texts are equally good, the one of the source with the lowest number is shown.', verbose_name='rank'),
        ),
        migrations.AddField(
            model_name='source',
            name='rank',
            field=models.IntegerField(default=100, help_text='Lower numbers come first. If texts are equally good, the one of the source with the lowest number is shown.', verbose_name='rank'),
        ),
    ]
