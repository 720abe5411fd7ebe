"""All tables. It calls nothing of the site's own code but the columns and the storage in
``papers.models.fields``: what it makes stays the same whatever becomes of the rest.

It takes the place of the first ten migrations. A database that has them all passes over it; see docs/design-notes.md.
"""

import sqlite3

import django.db.models.deletion
import simple_history.models
from django.conf import settings
from django.db import migrations, models

import papers.models.fields

STEMMED = "asciiword, word, asciihword, hword, hword_asciipart, hword_part"
AS_IS = "numword, numhword, hword_numpart, int, uint, float, sfloat"

# The search index, which Django knows nothing of: tables of each database's own kind.
POSTGRESQL = [
    "CREATE TEXT SEARCH DICTIONARY papers_search_stem (TEMPLATE = snowball, LANGUAGE = english)",
    "CREATE TEXT SEARCH CONFIGURATION papers_search (PARSER = default)",
    f"ALTER TEXT SEARCH CONFIGURATION papers_search ADD MAPPING FOR {STEMMED} WITH papers_search_stem",
    f"ALTER TEXT SEARCH CONFIGURATION papers_search ADD MAPPING FOR {AS_IS} WITH simple",
    "CREATE TABLE papers_search (place bigint PRIMARY KEY, document tsvector NOT NULL)",
    """
    CREATE TABLE papers_search_entry (
        paper_id bigint NOT NULL PRIMARY KEY, place bigint NOT NULL UNIQUE,
        arxiv_id varchar(32) NOT NULL, checksum bigint NOT NULL, facets text NOT NULL)
    """,
    """
    CREATE TABLE papers_search_word (
        word varchar(40) COLLATE "C" NOT NULL PRIMARY KEY, papers integer NOT NULL)
    """,
]
RUM = "CREATE INDEX papers_search_document ON papers_search USING rum (document rum_tsvector_ops)"
GIN = "CREATE INDEX papers_search_document ON papers_search USING gin (document)"

SQLITE = [
    """
    CREATE VIRTUAL TABLE {table} USING fts5(
        title, authors, abstract, tokenize='porter unicode61 remove_diacritics 0'{contentless})
    """,
    "INSERT INTO {table} ({table}, rank) VALUES ('hashsize', 33554432)",
    """
    CREATE TABLE papers_search_entry (
        paper_id bigint NOT NULL PRIMARY KEY, place bigint NOT NULL UNIQUE,
        arxiv_id varchar(32) NOT NULL, checksum bigint NOT NULL, facets text NOT NULL)
    """,
    """
    CREATE TABLE papers_search_word (
        word varchar(40) NOT NULL PRIMARY KEY, papers integer NOT NULL) WITHOUT ROWID
    """,
]
# Before 3.43 SQLite deletes nothing from a table that keeps no text.
FTS_NAMES = (
    {"table": "papers_search", "contentless": ", content='', contentless_delete=1"}
    if sqlite3.sqlite_version_info >= (3, 43)
    else {"table": "papers_search_with_text", "contentless": ""}
)

DROPPED = ["papers_search", "papers_search_with_text", "papers_search_entry", "papers_search_word"]
DROPPED_POSTGRESQL = [
    "DROP TEXT SEARCH CONFIGURATION IF EXISTS papers_search",
    "DROP TEXT SEARCH DICTIONARY IF EXISTS papers_search_stem",
]


def create_search_tables(apps, schema_editor):
    for statement in search_statements(schema_editor.connection):
        schema_editor.execute(statement, None)


def search_statements(connection):
    if connection.vendor != "postgresql":
        return [statement.format(**FTS_NAMES) for statement in SQLITE]
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'rum'")
        return [*POSTGRESQL, RUM if cursor.fetchone() else GIN]


def drop_search_tables(apps, schema_editor):
    for table in DROPPED:
        schema_editor.execute(f"DROP TABLE IF EXISTS {table}", None)
    if schema_editor.connection.vendor == "postgresql":
        for statement in DROPPED_POSTGRESQL:
            schema_editor.execute(statement, None)


# The curators' roles, as groups with the least rights that each needs.
VIEWED = (
    *("paper", "translation", "doubt", "fieldlock", "digest", "appearance", "source"),
    *("author", "authorship", "authoralias", "authorchoice", "alikeauthors"),
    *("topic", "papertopic", "topicremoval", "importrun", "importproblem", "upload"),
)
READER = [f"view_{model}" for model in VIEWED]
CURATOR = [*READER, "change_paper", "change_author", "change_topic", "add_upload"]
ADMINISTRATOR = [*CURATOR, "change_source", "delete_topic"]
ACCOUNTS = ["view_user", "add_user", "change_user", "delete_user", "view_group"]

ROLES = {
    "Reader of the admin": (READER, []),
    "Curator": (CURATOR, []),
    "Administrator": (ADMINISTRATOR, ACCOUNTS),
}


def make_roles(apps, schema_editor):
    Group = apps.get_model("auth", "Group")
    for name, (ours, accounts) in ROLES.items():
        group, _ = Group.objects.get_or_create(name=name)
        group.permissions.add(
            *(permission(apps, "papers", codename) for codename in ours),
            *(permission(apps, "auth", codename) for codename in accounts),
        )


def permission(apps, app, codename):
    """The permission as Django would make it, which happens only after all migrations."""
    action, model = codename.split("_", 1)
    content_type, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=app, model=model
    )
    found, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type,
        codename=codename,
        defaults={"name": f"Can {action} {apps.get_model(app, model)._meta.verbose_name}"[:255]},
    )
    return found


def take_roles(apps, schema_editor):
    apps.get_model("auth", "Group").objects.filter(name__in=ROLES).delete()


class Migration(migrations.Migration):

    initial = True

    # It bears the name of the first of the eleven, and none may replace itself.
    replaces = [
        ("papers", "0002_data_version"),
        ("papers", "0003_sitemap"),
        ("papers", "0004_search"),
        ("papers", "0005_curators_desk"),
        ("papers", "0006_desk_roles"),
        ("papers", "0007_lists_and_tallies"),
        ("papers", "0008_search_helpers"),
        ("papers", "0009_author_words"),
        ("papers", "0010_sitemap_index"),
    ]

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchIndex',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('version', models.CharField(max_length=100, verbose_name='made with')),
            ],
            options={
                'verbose_name': 'search index',
                'verbose_name_plural': 'search indexes',
            },
        ),
        migrations.CreateModel(
            name='AlikeAuthors',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', papers.models.fields.ByteOrderedCharField(max_length=96, verbose_name='key')),
                ('other_key', papers.models.fields.ByteOrderedCharField(max_length=96, verbose_name='other key')),
                ('different', models.BooleanField(default=False, verbose_name='two people')),
            ],
            options={
                'verbose_name': 'possible duplicate authors',
                'verbose_name_plural': 'possible duplicate authors',
                'ordering': ('key', 'other_key'),
                'indexes': [models.Index(fields=['different', 'key'], name='alikeauthors_open')],
                'constraints': [models.UniqueConstraint(fields=('key', 'other_key'), name='alikeauthors_once')],
            },
        ),
        migrations.CreateModel(
            name='Author',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', papers.models.fields.ByteOrderedCharField(max_length=96, unique=True, verbose_name='key')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('paper_count', models.PositiveIntegerField(default=0, verbose_name='published papers')),
            ],
            options={
                'verbose_name': 'author',
                'verbose_name_plural': 'authors',
                'ordering': ('-paper_count', 'key'),
                'indexes': [models.Index(models.OrderBy(models.F('paper_count'), descending=True), models.F('key'), name='author_most_papers')],
                'constraints': [models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='author_has_key')],
            },
        ),
        migrations.CreateModel(
            name='AuthorAlias',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', papers.models.fields.ByteOrderedCharField(max_length=96, unique=True, verbose_name='key')),
                ('to_key', papers.models.fields.ByteOrderedCharField(db_index=True, max_length=96, verbose_name='key of the author')),
            ],
            options={
                'verbose_name': 'merged author',
                'verbose_name_plural': 'merged authors',
                'ordering': ('key',),
                'constraints': [models.CheckConstraint(condition=models.Q(('key', models.F('to_key')), _negated=True), name='authoralias_to_another')],
            },
        ),
        migrations.CreateModel(
            name='DataVersion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('token', models.CharField(max_length=16, verbose_name='token')),
                ('at', models.DateTimeField(verbose_name='since')),
            ],
            options={
                'verbose_name': 'data version',
                'verbose_name_plural': 'data versions',
                'constraints': [models.CheckConstraint(condition=models.Q(('id', 1)), name='dataversion_one_row')],
            },
        ),
        migrations.CreateModel(
            name='DeskVisit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('problems_read', models.DateTimeField()),
                ('user', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='desk_visit', to=settings.AUTH_USER_MODEL)),
            ],
        ),
        migrations.CreateModel(
            name='HistoricalAuthorAlias',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('key', papers.models.fields.ByteOrderedCharField(db_index=True, max_length=96, verbose_name='key')),
                ('to_key', papers.models.fields.ByteOrderedCharField(db_index=True, max_length=96, verbose_name='key of the author')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical merged author',
                'verbose_name_plural': 'historical merged authors',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalPaper',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('locked', models.JSONField(default=dict)),
                ('topics', models.JSONField(default=dict)),
                ('batch', models.CharField(blank=True, db_index=True, max_length=32)),
                ('arxiv_id', papers.models.fields.ByteOrderedCharField(max_length=32, verbose_name='arXiv id')),
                ('title_en', models.TextField(verbose_name='English title')),
                ('abstract_en', models.TextField(blank=True, verbose_name='English abstract')),
                ('title_zh', models.TextField(blank=True, verbose_name='Chinese title')),
                ('abstract_zh', models.TextField(blank=True, verbose_name='Chinese abstract')),
                ('hidden', models.BooleanField(default=False, verbose_name='hidden from readers')),
                ('hidden_reason', models.CharField(blank=True, max_length=255, verbose_name='reason for hiding')),
                ('featured', models.BooleanField(default=False, verbose_name='featured')),
                ('featured_order', models.PositiveSmallIntegerField(default=100, verbose_name='position on the front page')),
                ('featured_until', models.DateField(blank=True, null=True, verbose_name='featured until')),
                ('note_en', models.TextField(blank=True, verbose_name="curator's note, English")),
                ('note_zh', models.TextField(blank=True, verbose_name="curator's note, Chinese")),
                ('history_change_reason', models.CharField(max_length=16)),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical paper',
                'verbose_name_plural': 'historical papers',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='HistoricalSource',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('name', models.CharField(db_index=True, max_length=128, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, max_length=128, verbose_name='slug')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('licence', models.CharField(blank=True, max_length=255, verbose_name='licence')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
            ],
            options={
                'verbose_name': 'historical source',
                'verbose_name_plural': 'historical sources',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='ImportRun',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('started', models.DateTimeField(auto_now_add=True, verbose_name='started')),
                ('finished', models.DateTimeField(blank=True, null=True, verbose_name='finished')),
                ('state', models.CharField(choices=[('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='running', max_length=8, verbose_name='state')),
                ('paths', models.JSONField(default=list, verbose_name='paths')),
                ('counts', models.JSONField(default=dict, verbose_name='counts')),
            ],
            options={
                'verbose_name': 'import run',
                'verbose_name_plural': 'import runs',
                'ordering': ('-started',),
                'indexes': [models.Index(fields=['-started'], name='importrun_newest')],
                'constraints': [models.CheckConstraint(condition=models.Q(('state__in', ('running', 'done', 'failed'))), name='importrun_state_known')],
            },
        ),
        migrations.CreateModel(
            name='ImportProblem',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.CharField(max_length=1024, verbose_name='file')),
                ('line', models.PositiveIntegerField(blank=True, null=True, verbose_name='line')),
                ('arxiv_id', models.CharField(blank=True, max_length=32, verbose_name='arXiv id')),
                ('code', models.CharField(max_length=32, verbose_name='code')),
                ('message', models.TextField(verbose_name='message')),
                ('run', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='problems', to='papers.importrun')),
            ],
            options={
                'verbose_name': 'import problem',
                'verbose_name_plural': 'import problems',
                'ordering': ('run', 'pk'),
            },
        ),
        migrations.CreateModel(
            name='Paper',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('arxiv_id', papers.models.fields.ByteOrderedCharField(max_length=32, unique=True, verbose_name='arXiv id')),
                ('title_en', models.TextField(verbose_name='English title')),
                ('abstract_en', models.TextField(blank=True, verbose_name='English abstract')),
                ('authors_text', models.TextField(blank=True, verbose_name='authors as printed')),
                ('title_zh', models.TextField(blank=True, verbose_name='Chinese title')),
                ('abstract_zh', models.TextField(blank=True, verbose_name='Chinese abstract')),
                ('zh_state', models.CharField(choices=[('ok', 'with Chinese'), ('missing', 'without Chinese'), ('suspect', 'translation in doubt')], default='missing', max_length=8, verbose_name='translation status')),
                ('first_seen', models.DateField(verbose_name='first seen')),
                ('hidden', models.BooleanField(default=False, verbose_name='hidden from readers')),
                ('hidden_reason', models.CharField(blank=True, max_length=255, verbose_name='reason for hiding')),
                ('featured', models.BooleanField(default=False, verbose_name='featured')),
                ('featured_order', models.PositiveSmallIntegerField(default=100, verbose_name='position on the front page')),
                ('featured_until', models.DateField(blank=True, null=True, verbose_name='featured until')),
                ('note_en', models.TextField(blank=True, verbose_name="curator's note, English")),
                ('note_zh', models.TextField(blank=True, verbose_name="curator's note, Chinese")),
                ('card', models.JSONField(default=dict, editable=False, verbose_name='stored card')),
                ('modified', models.DateTimeField(auto_now=True, verbose_name='modified')),
            ],
            options={
                'verbose_name': 'paper',
                'verbose_name_plural': 'papers',
                'ordering': ('-first_seen', '-arxiv_id'),
                'indexes': [models.Index(models.OrderBy(models.F('first_seen'), descending=True), models.OrderBy(models.F('arxiv_id'), descending=True), condition=models.Q(('hidden', False)), name='paper_newest'), models.Index(models.F('zh_state'), models.OrderBy(models.F('first_seen'), descending=True), models.OrderBy(models.F('arxiv_id'), descending=True), condition=models.Q(('hidden', False)), name='paper_newest_by_zh'), models.Index(models.OrderBy(models.F('first_seen'), descending=True), models.OrderBy(models.F('arxiv_id'), descending=True), condition=models.Q(('featured', True), ('hidden', False)), name='paper_newest_featured'), models.Index(models.F('featured_order'), models.OrderBy(models.F('first_seen'), descending=True), models.OrderBy(models.F('arxiv_id'), descending=True), condition=models.Q(('featured', True), ('hidden', False)), name='paper_front'), models.Index(models.OrderBy(models.F('first_seen'), descending=True), models.OrderBy(models.F('arxiv_id'), descending=True), name='paper_all_newest'), models.Index(condition=models.Q(('hidden', True)), fields=['id'], name='paper_hidden'), models.Index(condition=models.Q(('hidden', False)), fields=['id', 'modified', 'hidden'], name='paper_changed')],
                'constraints': [models.CheckConstraint(condition=models.Q(('arxiv_id', ''), _negated=True), name='paper_has_arxiv_id'), models.CheckConstraint(condition=models.Q(('title_en', ''), _negated=True), name='paper_has_title'), models.CheckConstraint(condition=models.Q(('zh_state__in', ['ok', 'missing', 'suspect'])), name='paper_zh_state_known')],
            },
        ),
        migrations.CreateModel(
            name='HistoricalAuthorChoice',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('key', papers.models.fields.ByteOrderedCharField(max_length=96, verbose_name='key of the printed name')),
                ('to_key', papers.models.fields.ByteOrderedCharField(db_index=True, max_length=96, verbose_name='key of the author')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='papers.paper')),
            ],
            options={
                'verbose_name': 'historical author told apart',
                'verbose_name_plural': 'historical authors told apart',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Source',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=128, unique=True, verbose_name='name')),
                ('slug', models.SlugField(allow_unicode=True, max_length=128, unique=True, verbose_name='slug')),
                ('url', models.URLField(blank=True, verbose_name='address')),
                ('licence', models.CharField(blank=True, max_length=255, verbose_name='licence')),
            ],
            options={
                'verbose_name': 'source',
                'verbose_name_plural': 'sources',
                'ordering': ('name',),
                'constraints': [models.CheckConstraint(condition=models.Q(('name', ''), _negated=True), name='source_has_name')],
            },
        ),
        migrations.CreateModel(
            name='Topic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(choices=[('category', 'category'), ('theme', 'theme')], max_length=8, verbose_name='kind')),
                ('slug', papers.models.fields.ByteOrderedCharField(max_length=64, unique=True, verbose_name='slug')),
                ('name_en', models.CharField(max_length=128, verbose_name='English name')),
                ('name_zh', models.CharField(blank=True, max_length=128, verbose_name='Chinese name')),
                ('description_en', models.TextField(blank=True, verbose_name='English description')),
                ('description_zh', models.TextField(blank=True, verbose_name='Chinese description')),
                ('order', models.PositiveSmallIntegerField(default=100, help_text='Lower numbers come first.', verbose_name='position among topics')),
                ('featured', models.BooleanField(default=False, help_text='The admin start page counts the papers of this topic without Chinese.', verbose_name='featured')),
                ('paper_count', models.PositiveIntegerField(default=0, verbose_name='published papers')),
                ('merged_into', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='merged_topics', to='papers.topic')),
            ],
            options={
                'verbose_name': 'topic',
                'verbose_name_plural': 'topics',
                'ordering': ('-kind', 'order', 'slug'),
            },
        ),
        migrations.CreateModel(
            name='PaperTopic',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_seen', models.DateField(editable=False, null=True, verbose_name='first seen')),
                ('arxiv_id', papers.models.fields.ByteOrderedCharField(blank=True, default='', editable=False, max_length=32, verbose_name='arXiv id')),
                ('origin', models.CharField(choices=[('digest', 'from a digest'), ('curator', 'added by a curator')], default='digest', editable=False, max_length=8, verbose_name='origin')),
                ('zh_state', models.CharField(blank=True, default='', editable=False, max_length=8, verbose_name='translation status')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topic_links', to='papers.paper')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paper_links', to='papers.topic')),
            ],
            options={
                'verbose_name': 'topic of a paper',
                'verbose_name_plural': 'topics of papers',
            },
        ),
        migrations.CreateModel(
            name='HistoricalTopic',
            fields=[
                ('id', models.BigIntegerField(auto_created=True, blank=True, db_index=True, verbose_name='ID')),
                ('kind', models.CharField(choices=[('category', 'category'), ('theme', 'theme')], max_length=8, verbose_name='kind')),
                ('slug', papers.models.fields.ByteOrderedCharField(db_index=True, max_length=64, verbose_name='slug')),
                ('name_en', models.CharField(max_length=128, verbose_name='English name')),
                ('name_zh', models.CharField(blank=True, max_length=128, verbose_name='Chinese name')),
                ('description_en', models.TextField(blank=True, verbose_name='English description')),
                ('description_zh', models.TextField(blank=True, verbose_name='Chinese description')),
                ('order', models.PositiveSmallIntegerField(default=100, help_text='Lower numbers come first.', verbose_name='position among topics')),
                ('featured', models.BooleanField(default=False, help_text='The admin start page counts the papers of this topic without Chinese.', verbose_name='featured')),
                ('history_id', models.AutoField(primary_key=True, serialize=False)),
                ('history_date', models.DateTimeField(db_index=True)),
                ('history_change_reason', models.CharField(max_length=100, null=True)),
                ('history_type', models.CharField(choices=[('+', 'Created'), ('~', 'Changed'), ('-', 'Deleted')], max_length=1)),
                ('history_user', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('merged_into', models.ForeignKey(blank=True, db_constraint=False, null=True, on_delete=django.db.models.deletion.DO_NOTHING, related_name='+', to='papers.topic')),
            ],
            options={
                'verbose_name': 'historical topic',
                'verbose_name_plural': 'historical topics',
                'ordering': ('-history_date', '-history_id'),
                'get_latest_by': ('history_date', 'history_id'),
            },
            bases=(simple_history.models.HistoricalChanges, models.Model),
        ),
        migrations.CreateModel(
            name='Digest',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('date', models.DateField(verbose_name='date')),
                ('file', models.CharField(max_length=1024, verbose_name='file')),
                ('content_hash', models.CharField(max_length=80, verbose_name='hash of what was read')),
                ('record_count', models.PositiveIntegerField(default=0, verbose_name='records')),
                ('repeat_count', models.PositiveIntegerField(default=0, verbose_name='repeats')),
                ('problem_count', models.PositiveIntegerField(default=0, verbose_name='problems')),
                ('imported', models.DateTimeField(auto_now=True, verbose_name='imported')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digests', to='papers.source')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='digests', to='papers.topic')),
            ],
            options={
                'verbose_name': 'digest',
                'verbose_name_plural': 'digests',
                'ordering': ('-date', 'topic', 'source'),
            },
        ),
        migrations.CreateModel(
            name='DailyCount',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('zh_state', models.CharField(choices=[('ok', 'with Chinese'), ('missing', 'without Chinese'), ('suspect', 'translation in doubt')], max_length=8, verbose_name='translation status')),
                ('day', models.DateField(verbose_name='day')),
                ('papers', models.PositiveIntegerField(verbose_name='published papers')),
                ('topic', models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='papers.topic')),
            ],
            options={
                'verbose_name': 'daily count',
                'verbose_name_plural': 'daily counts',
                'db_table': 'papers_tally',
            },
        ),
        migrations.CreateModel(
            name='TopicRemoval',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='topic_removals', to='papers.paper')),
                ('topic', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='paper_removals', to='papers.topic')),
            ],
            options={
                'verbose_name': 'removed topic of a paper',
                'verbose_name_plural': 'removed topics of papers',
            },
        ),
        migrations.CreateModel(
            name='Translation',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('title', 'title'), ('abstract', 'abstract')], max_length=8, verbose_name='field')),
                ('text', models.TextField(verbose_name='text as given')),
                ('text_hash', models.CharField(editable=False, max_length=64, verbose_name='hash of the text')),
                ('faults', models.JSONField(blank=True, default=list, verbose_name='faults')),
                ('chosen', models.BooleanField(default=False, verbose_name='shown to readers')),
                ('digests', models.ManyToManyField(blank=True, related_name='translations', to='papers.digest')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='translations', to='papers.paper')),
                ('source', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='translations', to='papers.source')),
            ],
            options={
                'verbose_name': 'translation',
                'verbose_name_plural': 'translations',
                'ordering': ('paper', 'field', 'source'),
            },
        ),
        migrations.CreateModel(
            name='FieldLock',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('title_en', 'English title'), ('abstract_en', 'English abstract'), ('title_zh', 'Chinese title'), ('abstract_zh', 'Chinese abstract')], max_length=16, verbose_name='field')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='since')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='locks', to='papers.paper')),
                ('translation', models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='picks', to='papers.translation')),
            ],
            options={
                'verbose_name': 'field lock',
                'verbose_name_plural': 'field locks',
            },
        ),
        migrations.CreateModel(
            name='Upload',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('file', models.FileField(max_length=512, storage=papers.models.fields.uploads_folder, upload_to='', verbose_name='file')),
                ('name', models.CharField(max_length=255, verbose_name='name')),
                ('source', models.CharField(blank=True, max_length=128, verbose_name='source')),
                ('date', models.DateField(blank=True, null=True, verbose_name='date')),
                ('topic', models.CharField(blank=True, max_length=128, verbose_name='topic')),
                ('state', models.CharField(choices=[('waiting', 'waiting'), ('running', 'running'), ('done', 'done'), ('failed', 'failed')], default='waiting', max_length=8, verbose_name='state')),
                ('said', models.TextField(blank=True, verbose_name='error')),
                ('at', models.DateTimeField(auto_now_add=True, verbose_name='uploaded')),
                ('by', models.ForeignKey(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('run', models.ForeignKey(editable=False, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='uploads', to='papers.importrun')),
            ],
            options={
                'verbose_name': 'upload',
                'verbose_name_plural': 'uploads',
                'ordering': ('-pk',),
            },
        ),
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
        migrations.CreateModel(
            name='Authorship',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('first_seen', models.DateField(editable=False, null=True, verbose_name='first seen')),
                ('arxiv_id', papers.models.fields.ByteOrderedCharField(blank=True, default='', editable=False, max_length=32, verbose_name='arXiv id')),
                ('position', models.PositiveSmallIntegerField(verbose_name='position')),
                ('name', models.CharField(max_length=255, verbose_name='name as printed')),
                ('author', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='authorships', to='papers.author')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='authorships', to='papers.paper')),
            ],
            options={
                'verbose_name': 'authorship',
                'verbose_name_plural': 'authorships',
                'ordering': ('paper', 'position'),
                'indexes': [models.Index(models.F('author'), models.OrderBy(models.F('first_seen'), descending=True), models.OrderBy(models.F('arxiv_id'), descending=True), models.F('paper'), condition=models.Q(('first_seen__isnull', False)), name='authorship_newest')],
                'constraints': [models.UniqueConstraint(fields=('paper', 'position'), name='authorship_one_per_place')],
            },
        ),
        migrations.CreateModel(
            name='AuthorChoice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('key', papers.models.fields.ByteOrderedCharField(max_length=96, verbose_name='key of the printed name')),
                ('to_key', papers.models.fields.ByteOrderedCharField(db_index=True, max_length=96, verbose_name='key of the author')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='author_choices', to='papers.paper')),
            ],
            options={
                'verbose_name': 'author told apart',
                'verbose_name_plural': 'authors told apart',
                'constraints': [models.UniqueConstraint(fields=('paper', 'key'), name='authorchoice_once')],
            },
        ),
        migrations.CreateModel(
            name='Appearance',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.PositiveIntegerField(verbose_name='position')),
                ('withdrawn', models.BooleanField(default=False, verbose_name='withdrawn by a re-issue')),
                ('title_given', models.TextField(blank=True, null=True, verbose_name='title as given')),
                ('abstract_given', models.TextField(blank=True, null=True, verbose_name='abstract as given')),
                ('authors_given', models.TextField(blank=True, null=True, verbose_name='authors as given')),
                ('digest', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appearances', to='papers.digest')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='appearances', to='papers.paper')),
            ],
            options={
                'verbose_name': 'appearance',
                'verbose_name_plural': 'appearances',
                'ordering': ('digest', 'position'),
                'indexes': [models.Index(fields=['digest', 'position'], name='appearance_places')],
                'constraints': [models.UniqueConstraint(fields=('digest', 'paper'), name='appearance_once_per_digest')],
            },
        ),
        migrations.CreateModel(
            name='Doubt',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('field', models.CharField(choices=[('title', 'title'), ('abstract', 'abstract')], max_length=8, verbose_name='field')),
                ('fault', models.CharField(max_length=32, verbose_name='fault')),
                ('paper', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='doubts', to='papers.paper')),
                ('source', models.ForeignKey(db_index=False, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='doubts', to='papers.source')),
            ],
            options={
                'verbose_name': 'doubt',
                'verbose_name_plural': 'doubts',
                'indexes': [models.Index(fields=['fault', 'field', 'source', 'paper'], name='doubt_by_fault'), models.Index(fields=['source', 'paper'], name='doubt_by_source')],
                'constraints': [models.UniqueConstraint(fields=('paper', 'field', 'fault'), name='doubt_once'), models.CheckConstraint(condition=models.Q(('field__in', ('title', 'abstract'))), name='doubt_field_known')],
            },
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.UniqueConstraint(fields=('kind', 'slug'), name='topic_one_per_kind_and_slug'),
        ),
        migrations.AddConstraint(
            model_name='topic',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ('category', 'theme'))), name='topic_kind_known'),
        ),
        migrations.AddIndex(
            model_name='papertopic',
            index=models.Index(models.F('topic'), models.OrderBy(models.F('first_seen'), descending=True), models.OrderBy(models.F('arxiv_id'), descending=True), models.F('zh_state'), models.F('paper'), condition=models.Q(('first_seen__isnull', False)), name='papertopic_newest'),
        ),
        migrations.AddIndex(
            model_name='papertopic',
            index=models.Index(models.F('first_seen'), models.F('topic'), models.F('zh_state'), condition=models.Q(('first_seen__isnull', False)), name='papertopic_days'),
        ),
        migrations.AddConstraint(
            model_name='papertopic',
            constraint=models.UniqueConstraint(fields=('topic', 'paper'), name='papertopic_once'),
        ),
        migrations.AddIndex(
            model_name='digest',
            index=models.Index(fields=['-date', 'topic'], name='digest_newest'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.UniqueConstraint(fields=('source', 'date', 'topic'), name='digest_one_per_source_date_topic'),
        ),
        migrations.AddConstraint(
            model_name='digest',
            constraint=models.CheckConstraint(condition=models.Q(('repeat_count__lte', models.F('record_count'))), name='digest_repeats_are_records'),
        ),
        migrations.AddIndex(
            model_name='dailycount',
            index=models.Index(fields=['topic', 'day', 'zh_state', 'papers'], name='tally_days'),
        ),
        migrations.AddConstraint(
            model_name='dailycount',
            constraint=models.UniqueConstraint(fields=('day', 'topic', 'zh_state'), name='tally_once_on_a_topic'),
        ),
        migrations.AddConstraint(
            model_name='dailycount',
            constraint=models.UniqueConstraint(condition=models.Q(('topic', None)), fields=('day', 'zh_state'), name='tally_once_altogether'),
        ),
        migrations.AddConstraint(
            model_name='dailycount',
            constraint=models.CheckConstraint(condition=models.Q(('papers__gt', 0)), name='tally_counts_something'),
        ),
        migrations.AddConstraint(
            model_name='topicremoval',
            constraint=models.UniqueConstraint(fields=('paper', 'topic'), name='topicremoval_once'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(fields=('paper', 'field', 'source', 'text_hash'), name='translation_distinct'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.UniqueConstraint(condition=models.Q(('chosen', True)), fields=('paper', 'field'), name='translation_one_chosen'),
        ),
        migrations.AddConstraint(
            model_name='translation',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', ('title', 'abstract'))), name='translation_field_known'),
        ),
        migrations.AddConstraint(
            model_name='fieldlock',
            constraint=models.UniqueConstraint(fields=('paper', 'field'), name='fieldlock_once'),
        ),
        migrations.AddConstraint(
            model_name='fieldlock',
            constraint=models.CheckConstraint(condition=models.Q(('field__in', ('title_en', 'abstract_en', 'title_zh', 'abstract_zh'))), name='fieldlock_field_known'),
        ),
        migrations.AddIndex(
            model_name='upload',
            index=models.Index(fields=['state'], name='upload_by_state'),
        ),
        migrations.AddConstraint(
            model_name='upload',
            constraint=models.CheckConstraint(condition=models.Q(('state__in', ('waiting', 'running', 'done', 'failed'))), name='upload_state_known'),
        ),
        migrations.RunPython(create_search_tables, drop_search_tables),
        migrations.RunPython(make_roles, take_roles),
    ]
