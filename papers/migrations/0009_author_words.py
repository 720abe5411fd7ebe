import django.db.models.deletion
from django.db import migrations, models

import papers.models.fields
from papers.db.bulk import chunks
from papers.lists.authors import write_words


def fill(apps, schema_editor):
    """For authors that are there already."""
    authors = apps.get_model('papers', 'Author').objects.order_by('pk').values_list('pk', 'name')
    for some in chunks(authors.iterator(), 10_000):
        write_words(some)


class Migration(migrations.Migration):

    dependencies = [
        ('papers', '0008_search_helpers'),
    ]

    operations = [
        migrations.CreateModel(
            name='AuthorWord',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('word', papers.models.fields.ByteOrderedCharField(max_length=40, verbose_name='word')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='words', to='papers.author')),
            ],
            options={
                'verbose_name': 'word of a name',
                'verbose_name_plural': 'words of names',
                'indexes': [models.Index(fields=['word', 'author'], name='author_word')],
            },
        ),
        migrations.RemoveIndex(
            model_name='author',
            name='author_last_word',
        ),
        migrations.RunPython(fill, migrations.RunPython.noop),
    ]
