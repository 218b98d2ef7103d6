"""The tables of the catalogue: the truth about what came, what was read of it and what people decided.

Rows about deliveries, receipts, documents, decisions, packs and the audit log are only ever added. Readings,
recognitions and index marks are derived: they may be deleted and made again. Queries live in `archive.catalogue`.
"""

from __future__ import annotations

from django.db import models


class Campaign(models.Model):
    """An inspection campaign; the one loaded last is the current one."""

    id = models.CharField(primary_key=True, max_length=100)
    title = models.TextField()
    year = models.IntegerField()
    pack = models.CharField(max_length=100)
    basis = models.JSONField(default=list)
    period = models.JSONField(null=True)  # what it reviews where that is not the whole year
    calendar = models.JSONField(default=dict)  # swapped days
    loaded_at = models.DateTimeField()


class Team(models.Model):
    """An inspection team of a campaign."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT)
    slug = models.CharField(max_length=100)
    name = models.TextField()

    class Meta:
        constraints = (models.UniqueConstraint("campaign", "slug", name="team_once"),)


class Unit(models.Model):
    """A unit of a campaign. One that left the campaign file stays with `active` false: its papers are still held."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT)
    slug = models.CharField(max_length=100)
    name = models.TextField()
    type = models.CharField(max_length=40)
    parent = models.CharField(max_length=100, null=True)
    members = models.IntegerField(null=True)
    exempt = models.IntegerField(default=0)
    host = models.CharField(max_length=40, null=True)
    mass_orgs = models.JSONField(default=list)
    has_ubkt = models.BooleanField(default=False)
    proposed_level = models.CharField(max_length=40, null=True)
    position = models.IntegerField(default=0)
    active = models.BooleanField(default=True)

    class Meta:
        constraints = (models.UniqueConstraint("campaign", "slug", name="unit_once"),)


class Visit(models.Model):
    """The visit of a team to a unit."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT)
    unit = models.CharField(max_length=100)
    team = models.CharField(max_length=100)
    on = models.DateField()

    class Meta:
        constraints = (models.UniqueConstraint("campaign", "unit", name="visit_once"),)


class CampaignState(models.Model):
    """What a campaign file said from `at` on, without its waivers, as `archive.past` writes it; never changed."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT)
    at = models.DateTimeField()
    content = models.JSONField()


class PackFile(models.Model):
    """The bytes of a rule pack's file, by their SHA-256, so that an answer given by it can be given again."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    content = models.BinaryField()


class PackUse(models.Model):
    """By which rules a campaign was judged from `at` on. `sha256` is the pack's own (`RulePack.sha256`); `files` are
    [name, SHA-256] of its file and of those that it rests on."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT)
    at = models.DateTimeField()
    sha256 = models.CharField(max_length=64)
    files = models.JSONField()


class Waiver(models.Model):
    """A waiver, with when it was granted and revoked; never deleted, so that past answers can be rebuilt. `by_hand`: a
    command added it, not the campaign file; `revoked_by` and `revoked_why` where a command revoked it."""

    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT)
    unit = models.CharField(max_length=100)
    requirement = models.CharField(max_length=100)
    why = models.TextField()
    by = models.TextField()
    until = models.DateField(null=True)
    granted_at = models.DateTimeField()
    revoked_at = models.DateTimeField(null=True)
    by_hand = models.BooleanField(default=False)
    revoked_by = models.TextField(default="")
    revoked_why = models.TextField(default="")


class Document(models.Model):
    """A blob filed for a unit (null: nobody's folder). Its id is the intake id of the delivery that brought it."""

    id = models.CharField(primary_key=True, max_length=40)
    campaign = models.ForeignKey(Campaign, on_delete=models.PROTECT)
    unit = models.CharField(max_length=100, null=True)
    sha256 = models.CharField(max_length=64, db_index=True)
    name = models.TextField()
    name_key = models.TextField()
    folder = models.TextField()
    size = models.BigIntegerField()
    filed_at = models.DateTimeField()
    version_of = models.ForeignKey("self", null=True, on_delete=models.PROTECT)

    class Meta:
        indexes = (
            models.Index("campaign", "unit", "sha256", name="document_by_content"),
            models.Index("campaign", "unit", "name_key", name="document_by_name"),
        )


class Delivery(models.Model):
    """One file as dropped; `path` is the bytes of its path below the inbox. `bundle` is the delivery of the bundle that
    it was a member of."""

    intake_id = models.CharField(primary_key=True, max_length=40)
    unit = models.CharField(max_length=100, null=True)
    path = models.BinaryField()
    size = models.BigIntegerField()
    seen_at = models.DateTimeField()
    bundle = models.ForeignKey("self", null=True, on_delete=models.PROTECT)


class Receipt(models.Model):
    """The answer to one delivery. `answered_at` is null until it lies in the clerk's folder."""

    delivery = models.OneToOneField(Delivery, primary_key=True, on_delete=models.PROTECT)
    number = models.IntegerField(unique=True)
    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    sha256 = models.CharField(max_length=64)
    outcome = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, null=True)
    at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, db_index=True)


class Reading(models.Model):
    """What a reader got out of a blob; `reader` is its version. Derived."""

    sha256 = models.CharField(primary_key=True, max_length=64)
    reader = models.CharField(max_length=40)
    format = models.CharField(max_length=40)
    state = models.CharField(max_length=20)
    source = models.CharField(max_length=20)
    encoding = models.CharField(max_length=20)
    confidence = models.FloatField(null=True)
    warnings = models.JSONField(default=list)
    properties = models.JSONField(default=dict)
    page_count = models.IntegerField(default=0)
    pages = models.JSONField(default=list)
    tables = models.JSONField(default=list)
    scans = models.JSONField(default=list)
    signatures = models.JSONField(default=list)

    class Meta:
        indexes = (models.Index("format", name="reading_format"),)  # the few bundles among all else


class ReadScan(models.Model):
    """A page of `Reading.scans` that is to be read by OCR, or (`done`) was read while others of its document still
    wait; `failed` is the code of why it could not be. Derived: the rows of a document go when its last page is done."""

    sha256 = models.CharField(max_length=64)
    page = models.IntegerField()
    reader = models.CharField(max_length=40)
    done = models.BooleanField(default=False)
    text = models.TextField(default="")
    confidence = models.FloatField(null=True)
    failed = models.CharField(max_length=40, default="")

    class Meta:
        constraints = (models.UniqueConstraint("sha256", "page", name="scan_once"),)
        # The first pages of all documents before the second ones: what is asked for all day long.
        indexes = (models.Index("page", "id", condition=models.Q(done=False), name="scan_turn"),)


class Unpacked(models.Model):
    """Marks a bundle whose members have become deliveries: how many, with how many bytes. `left_out` are (name, code)
    of what could not be taken out, the first ones of `missing`; `made_with` says by which readers, programs and limits:
    with others, a bundle that misses something is unpacked again. Derived, but for the deliveries."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT)
    members = models.IntegerField()
    size = models.BigIntegerField()
    left_out = models.JSONField(default=list)
    missing = models.IntegerField(default=0)
    made_with = models.CharField(max_length=200)


class Recognition(models.Model):
    """Which kind a document is, under one pack, by one version of the recogniser and of the reader. Derived."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT)
    made_with = models.CharField(max_length=200)
    kind = models.CharField(max_length=100, null=True)
    score = models.FloatField()
    runner_up = models.CharField(max_length=100, null=True)
    secret = models.BooleanField(default=False)
    content = models.JSONField()

    class Meta:
        # The few marked secret among all else: each search asks for them.
        indexes = (models.Index("document", name="recognition_secret", condition=models.Q(secret=True)),)


class Decision(models.Model):
    """What a person decided about a document: for each of kind, unit and year the newest row that sets or `unset`s it
    holds; none is overwritten."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT)
    kind = models.CharField(max_length=100, null=True)
    unit = models.CharField(max_length=100, null=True)
    year = models.IntegerField(null=True)
    unset = models.JSONField(default=list)
    by = models.TextField()
    at = models.DateTimeField()


class Indexed(models.Model):
    """Marks a document whose present state is in the search index. Derived."""

    document = models.OneToOneField(Document, primary_key=True, on_delete=models.PROTECT)


class SavedSearch(models.Model):
    """A search that somebody gave a name; one of the same name replaces it, and the log keeps what it was."""

    name = models.CharField(primary_key=True, max_length=100)
    query = models.TextField()
    options = models.JSONField(default=dict)
    by = models.TextField()
    at = models.DateTimeField()


class Audit(models.Model):
    """One link of the audit chain (see archive.audit)."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    actor = models.TextField()
    action = models.CharField(max_length=40)
    subject = models.TextField()
    detail = models.JSONField()
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
