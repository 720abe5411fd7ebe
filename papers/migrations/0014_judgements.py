"""Judgements of curators, and what readers meet of each fault."""

from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

ROLES = ("Reader of the admin", "Curator", "Administrator")


def let_them_see(apps, schema_editor):
    permission = import_module("papers.migrations.0001_initial").permission
    for group in apps.get_model("auth", "Group").objects.filter(name__in=ROLES):
        group.permissions.add(permission(apps, "papers", "view_judgement"))


def date_doubts(apps, schema_editor):
    papers = apps.get_model("papers", "Paper").objects.filter(pk=models.OuterRef("paper"))
    apps.get_model("papers", "Doubt").objects.update(
        day=models.Subquery(papers.values("first_seen")[:1])
    )


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0013_related'),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Judgement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('title', 'title'), ('abstract', 'abstract'), ('authors', 'authors')], max_length=8, verbose_name='field')),
                ('fault', models.CharField(blank=True, max_length=32, verbose_name='fault')),
                ('text_hash', models.CharField(editable=False, max_length=64, verbose_name='hash of the text')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='since')),
            ],
            options={
                'verbose_name': 'judgement',
                'verbose_name_plural': 'judgements',
            },
        ),
        migrations.AddField(
            model_name='doubt',
            name='day',
            field=models.DateField(null=True, verbose_name='first seen'),
        ),
        migrations.AddField(
            model_name='doubt',
            name='effect',
            field=models.CharField(choices=[('shown', 'shown to readers'), ('repaired', 'repaired: what readers see is clean'), ('nothing', 'nothing is shown')], db_default='shown', default='shown', max_length=8, verbose_name='what readers see'),
        ),
        migrations.AddField(
            model_name='historicalpaper',
            name='judged',
            field=models.JSONField(db_default=[], default=list),
        ),
        migrations.AddIndex(
            model_name='doubt',
            index=models.Index(fields=['effect', '-day'], name='doubt_by_effect'),
        ),
        migrations.AddField(
            model_name='judgement',
            name='by',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='judgement',
            name='paper',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='judgements', to='papers.paper'),
        ),
        migrations.AddIndex(
            model_name='judgement',
            index=models.Index(fields=['field', 'fault'], name='judgement_by_fault'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.UniqueConstraint(fields=('paper', 'field', 'fault', 'text_hash'), name='judgement_once'),
        ),
        migrations.AddConstraint(
            model_name='judgement',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', ('title', 'abstract', 'authors'))), name='judgement_field_known'),
        ),
        migrations.RunPython(let_them_see, migrations.RunPython.noop),
        migrations.RunPython(date_doubts, migrations.RunPython.noop),
    ]
