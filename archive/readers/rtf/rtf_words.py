"""What the control words of RTF mean to a reader of text. Source: Rich Text Format Specification 1.9.1."""

from __future__ import annotations

# Groups whose text nobody sees: tables of the file, pictures, fields' instructions, data of objects.
_SILENT = """
aftncn aftnsep aftnsepc annotationstart atnauthor atndate atnicn atnid atnparent atnref atntime atrfend atrfstart
background bkmkend bkmkstart blipuid buptim category colorschememapping colortbl comment company datafield datastore
defchp defpap docvar factoidname falt fchars ffdeftext ffentrymcr ffexitmcr ffformat ffhelptext ffl
ffname ffstattext file filetbl fldtype fname fontemb fontfile formfield ftncn ftnsep ftnsepc g generator
gridtbl hl hlfr hlinkbase hlloc hlsrc hsv htmltag keycode keywords latentstyles lchars levelnumbers leveltext
lfolevel linkval list listlevel listname listoverride listoverridetable listpicture liststylename listtable
lsdlockedexcept mailmerge manager mhtmltag mmathPr nextfile nonshppict objalias objdata objname objsect objtime
oldcprops oldpprops oldsprops oldtprops oleclsid password passwordhash pgp pgptbl picprop pict pn pnseclvl
pntxta pntxtb private propname protend protstart protusertbl pxe revtbl revtim rsidtbl rxe shprslt sn sp
staticval stylesheet sv svb tc template themedata txe ud userprops wgrffmtfilter windowcaption writereservation
writereservhash xe xform xmlattrname xmlattrvalue xmlclose xmlname xmlnstbl xmlopen
"""
SILENT = frozenset(_SILENT.split())
# Groups marked as unknown to old readers ("\*") that hold text all the same.
HEARD = frozenset(("shpinst", "shptxt", "do", "nesttableprops", "shppict", "fldinst", "objclass"))

# Groups that are stories of their own, and where their text goes.
STORIES = {
    "header": "header", "headerf": "header", "headerl": "header", "headerr": "header",
    "footer": "footer", "footerf": "footer", "footerl": "footer", "footerr": "footer",
    "footnote": "note", "annotation": "note",
    "shptxt": "box", "dptxbxtext": "box",
    "title": "title", "author": "author", "operator": "last_modified_by", "fldinst": "field", "objclass": "object",
}  # fmt: skip
PROPERTIES = ("title", "author", "last_modified_by")

# The optional hyphen is byte 0xAD, the letter ư of TCVN3: it stays until the vote on old encodings.
CHARACTERS = {
    "tab": "\t", "line": "\n", "lbr": "\n", "softline": "\n", "emdash": "—", "endash": "–", "bullet": "•",
    "lquote": "‘", "rquote": "’", "ldblquote": "“", "rdblquote": "”", "emspace": " ", "enspace": " ", "qmspace": " ",
    "~": "\xa0", "-": "\xad", "_": "-",
}  # fmt: skip

# Dates in the words about the file, and the parts of one.
MOMENTS = {"creatim": "created", "revtim": "modified"}
MOMENT_PARTS = frozenset(("yr", "mo", "dy", "hr", "min"))
