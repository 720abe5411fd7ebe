"""English words that are accepted in Chinese text, and function words that make phrases."""

_TERMS = """
actor agent agents al alpha app apps attention backbone bandit bandits baseline baselines
batch beam benchmark benchmarks beta bit bits blog bot bots bug bugs byte bytes chatbot
chatbots cookie cookies critic csv decoder delta docx dropout email embedding embeddings
encoder epoch epochs et few gamma gram http https iid iii jailbreak json kernel lambda lasso
lidar llama logit logits mamba max meme memes mini mixup offline online patch patches pdf ping
pipeline pipelines pptx prompt prompts query radar rank robot robots rollout rollouts scratch
seq shell shot sigma sigmoid slot softmax span spans tanh term token tokens transformer
transformers trick tweet tweets url urls vanilla vec vs wav web wiki xlsx zero
"""
_SMALL = """
a about across after against all among an and are as at be been before between both but by can
do does for from has have how in into is it its may more most no not of on or our over such
than that the their them then there these they this those through to toward towards under upon
using via was we were what when where which while who whose why will with within without
"""

TERMS = frozenset(_TERMS.split())  # terms that Chinese papers write in English
SMALL = frozenset(_SMALL.split())  # function words: with others they make a phrase
SAID_IN_ENGLISH = TERMS | SMALL
