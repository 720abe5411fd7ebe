"""TeX's names of characters, for text without MathML."""

_TABLE = """
alpha α  beta β  gamma γ  delta δ  epsilon ϵ  varepsilon ε  zeta ζ  eta η  theta θ
vartheta ϑ  iota ι  kappa κ  lambda λ  mu μ  nu ν  xi ξ  pi π  rho ρ  sigma σ  tau τ
upsilon υ  phi ϕ  varphi φ  chi χ  psi ψ  omega ω  Gamma Γ  Delta Δ  Theta Θ  Lambda Λ  Xi Ξ
Pi Π  Sigma Σ  Upsilon Υ  Phi Φ  Psi Ψ  Omega Ω  times ×  pm ±  mp ∓  cdot ·  div ÷  ast ∗
star ⋆  circ ∘  bullet •  oplus ⊕  otimes ⊗  odot ⊙  le ≤  leq ≤  ge ≥  geq ≥  ne ≠  neq ≠
ll ≪  gg ≫  sim ∼  approx ≈  simeq ≃  cong ≅  equiv ≡  propto ∝  lesssim ≲  gtrsim ≳  prec ≺
succ ≻  lt <  gt >  in ∈  notin ∉  ni ∋  subset ⊂  subseteq ⊆  supset ⊃  supseteq ⊇  cup ∪
cap ∩  setminus ∖  emptyset ∅  varnothing ∅  forall ∀  exists ∃  neg ¬  land ∧  lor ∨
wedge ∧  vee ∨  perp ⊥  parallel ∥  mid ∣  to →  rightarrow →  leftarrow ←  leftrightarrow ↔
Rightarrow ⇒  Leftarrow ⇐  Leftrightarrow ⇔  implies ⇒  iff ⇔  uparrow ↑  downarrow ↓
mapsto ↦  longrightarrow →  infty ∞  partial ∂  nabla ∇  sum ∑  prod ∏  int ∫  sqrt √  ell ℓ
hbar ℏ  Re ℜ  Im ℑ  top ⊤  bot ⊥  dagger †  ddagger ‡  prime ′  degree °  cdots ⋯  ldots …
dots …  vdots ⋮  langle ⟨  rangle ⟩  lfloor ⌊  rfloor ⌋  lceil ⌈  rceil ⌉  checkmark ✓
"""
_WORDS = _TABLE.split()

SYMBOLS = dict(zip(_WORDS[::2], _WORDS[1::2], strict=True))
"""Names without the backslash → characters."""

DOUBLE_STRUCK = dict(zip("CHNPQRZEF", "ℂℍℕℙℚℝℤ𝔼𝔽", strict=True))
SUPERSCRIPTS = dict(zip("0123456789+-=()niTd*'", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵀᵈ*′", strict=True))
SUBSCRIPTS = dict(
    zip("0123456789+-=()aehijklmnoprstuvx", "₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓ", strict=True)
)
MARKS = {"hat": "\u0302", "tilde": "\u0303", "bar": "\u0304", "dot": "\u0307", "ddot": "\u0308"}
"""Accents over a letter → combining characters."""
