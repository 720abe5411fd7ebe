r"""The allowlist of commands in exported formulas.

A LaTeX command may read files (``\input``), write files (``\openout``), start programs
(``\write18``) or change the meaning of all later characters (``\catcode``). So only the commands
listed here are kept: symbols, letters, accents, fractions, delimiters and fonts of LaTeX and of the
packages amsmath, amssymb and bm.
"""

from papers.text.markup.symbols import MARKS, SYMBOLS

_FUNCTIONS = """
    arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf injlim ker lg lim
    liminf limsup ln log max min Pr projlim sec sin sinh sup tan tanh varinjlim varprojlim
    varliminf varlimsup operatorname bmod mod pmod pod
"""
_ACCENTS = """
    acute breve check dddot grave mathring overbrace overleftarrow overleftrightarrow overline
    overrightarrow underbrace underleftarrow underline underrightarrow vec widehat widetilde
    imath jmath
"""
_PARTS = """
    binom cfrac choose dbinom dfrac frac over tbinom tfrac root boxed not limits nolimits
    displaystyle textstyle scriptstyle scriptscriptstyle overset stackrel substack underset
    xleftarrow xrightarrow mathbin mathclose mathinner mathopen mathord mathop mathpunct mathrel
"""
_FENCES = """
    left right middle big Big bigg Bigg bigl Bigl biggl Biggl bigr Bigr biggr Biggr bigm Bigm
    lbrace rbrace lbrack rbrack lvert rvert lVert rVert vert Vert lgroup rgroup lmoustache
    rmoustache backslash ulcorner urcorner llcorner lrcorner
"""
_FONTS = """
    mathbb mathbf mathcal mathfrak mathit mathnormal mathrm mathscr mathsf mathtt boldsymbol bm
    pmb bf bfseries cal em emph it itshape rm sc sf sl tt ensuremath mbox text textbf textit
    textmd textnormal textrm textsc textsf textsl texttt textup textsuperscript textsubscript
    small
"""
_SIGNS = """
    aleph amalg angle approxeq asymp backepsilon backsim backsimeq barwedge because beth between
    bigcap bigcirc bigcup bigodot bigoplus bigotimes bigsqcup bigstar bigtriangledown
    bigtriangleup biguplus bigvee bigwedge blacklozenge blacksquare blacktriangle
    blacktriangledown blacktriangleleft blacktriangleright bowtie Box boxdot boxminus boxplus
    boxtimes bumpeq Bumpeq Cap centerdot circeq circlearrowleft circlearrowright circledast
    circledcirc clubsuit colon complement coprod Cup curlyeqprec curlyeqsucc curlyvee curlywedge
    curvearrowleft curvearrowright daleth dashv ddots diagdown diagup diamond Diamond
    diamondsuit digamma divideontimes doteq Doteq dotplus dotsb dotsc dotsi dotsm dotso
    doublebarwedge Downarrow downdownarrows eqcirc eqsim eqslantgtr eqslantless eth
    fallingdotseq Finv flat frown Game geqq geqslant ggg gimel gnapprox gneq gneqq gnsim
    gtrapprox gtrdot gtreqless gtrless heartsuit hookleftarrow hookrightarrow hslash idotsint
    iiint iint intercal Join lambdabar land leadsto leftarrowtail leftharpoondown leftharpoonup
    leftleftarrows leftrightarrows leftrightharpoons leqq leqslant lessapprox lessdot lesseqgtr
    lessgtr lhd lll lnapprox lneq lneqq lnot lnsim Longleftarrow longleftarrow
    Longleftrightarrow longleftrightarrow longmapsto Longrightarrow looparrowleft looparrowright
    lozenge ltimes maltese measuredangle mho models multimap natural ncong nearrow nexists ngeq
    ngtr nleq nless nmid nparallel nprec npreceq nrightarrow nsim nsubseteq nsucc nsucceq
    nsupseteq nwarrow oint ominus oslash owns pitchfork P precapprox preccurlyeq preceq precsim
    restriction rhd rightarrowtail rightharpoondown rightharpoonup rightleftarrows
    rightleftharpoons rightrightarrows rightsquigarrow risingdotseq rtimes S searrow sharp
    shortmid simneqq smallfrown smallsetminus smallsmile smile spadesuit sphericalangle sqcap
    sqcup sqsubset sqsubseteq sqsupset sqsupseteq square Subset subseteqq subsetneq subsetneqq
    succapprox succcurlyeq succeq succsim supseteqq supsetneq supsetneqq surd swarrow therefore
    thickapprox thicksim trianglelefteq triangleleft triangleq triangle triangledown
    triangleright trianglerighteq twoheadleftarrow twoheadrightarrow unlhd unrhd Uparrow
    updownarrow Updownarrow uplus upuparrows varkappa varpi varrho varsigma varsubsetneq
    vartriangle vDash Vdash vdash veebar Vvdash wp wr gets LaTeX TeX textasciitilde
    textbackslash textdegree textemdash textendash textgreater textless
"""
_SPACES = "quad qquad enspace thinspace medspace thickspace negthinspace"
# Names in our table of symbols that LaTeX and these packages do not define.
_NOT_LATEX = frozenset({"degree", "lt", "gt"})
_WORDS = " ".join((_FUNCTIONS, _ACCENTS, _PARTS, _FENCES, _FONTS, _SIGNS, _SPACES)).split()

# (\^ is left out: TeX reads \^^69nput as \input.)
MATH_COMMANDS = (SYMBOLS.keys() | MARKS.keys() | frozenset(_WORDS)) - _NOT_LATEX | frozenset(
    "\\{}|%&#$_,;:!> -'`\"~=./"
)
"""Allowed command names without the backslash, including commands of one character."""

ENVIRONMENTS = "aligned|alignedat|array|cases|gathered|(?:small|[pbBvV])?matrix"
r"""Allowed names in ``\begin{…}``, a pattern. ``\begin`` runs the command of any name."""
