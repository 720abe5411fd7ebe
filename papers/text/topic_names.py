"""English and Chinese names of the topics that publishers commonly use.

Categories and their English names: https://arxiv.org/category_taxonomy. The Chinese names are ours.
"""

CATEGORY_NAMES = {
    "cs-ai": ("Artificial Intelligence", "人工智能"),
    "cs-ar": ("Hardware Architecture", "硬件体系结构"),
    "cs-cl": ("Computation and Language", "计算与语言"),
    "cs-cr": ("Cryptography and Security", "密码学与安全"),
    "cs-cv": ("Computer Vision", "计算机视觉"),
    "cs-cy": ("Computers and Society", "计算机与社会"),
    "cs-db": ("Databases", "数据库"),
    "cs-dc": ("Distributed Computing", "分布式计算"),
    "cs-dl": ("Digital Libraries", "数字图书馆"),
    "cs-ds": ("Data Structures and Algorithms", "数据结构与算法"),
    "cs-gr": ("Graphics", "图形学"),
    "cs-gt": ("Game Theory", "博弈论"),
    "cs-hc": ("Human-Computer Interaction", "人机交互"),
    "cs-ir": ("Information Retrieval", "信息检索"),
    "cs-it": ("Information Theory", "信息论"),
    "cs-lg": ("Machine Learning", "机器学习"),
    "cs-lo": ("Logic in Computer Science", "计算机逻辑"),
    "cs-ma": ("Multiagent Systems", "多智能体系统"),
    "cs-mm": ("Multimedia", "多媒体"),
    "cs-ne": ("Neural and Evolutionary Computing", "神经与进化计算"),
    "cs-ni": ("Networking", "计算机网络"),
    "cs-pl": ("Programming Languages", "编程语言"),
    "cs-ro": ("Robotics", "机器人学"),
    "cs-sd": ("Sound", "声音处理"),
    "cs-se": ("Software Engineering", "软件工程"),
    "cs-si": ("Social and Information Networks", "社会与信息网络"),
    "eess-as": ("Audio and Speech Processing", "音频与语音处理"),
    "eess-iv": ("Image and Video Processing", "图像与视频处理"),
    "eess-sp": ("Signal Processing", "信号处理"),
    "stat-ml": ("Machine Learning (Statistics)", "机器学习（统计）"),
}

THEME_NAMES = {
    "agent": ("Agents", "智能体"),
    "cv": ("Computer Vision", "计算机视觉"),
    "eai": ("Embodied AI", "具身智能"),
    "llm": ("Large Language Models", "大语言模型"),
    "llms-as-judges": ("LLMs as Judges", "大模型评审"),
    "longcontext": ("Long Context", "长上下文"),
    "multimodal": ("Multimodal", "多模态"),
    "others": ("Others", "其他"),
    "rag": ("Retrieval-Augmented Generation", "检索增强生成"),
    "rl": ("Reinforcement Learning", "强化学习"),
    "ro": ("Robots", "机器人"),
}


def names_of(slug: str) -> tuple[str, str]:
    """Return the English and Chinese name of a topic.

    The name of an unknown topic is made from its slug, so that it does not depend on the spelling
    in digests: ``tool-use`` is "Tool Use". Its Chinese name is empty.
    """
    return (CATEGORY_NAMES | THEME_NAMES).get(slug, (_spelt_out(slug), ""))


def _spelt_out(slug: str) -> str:
    words = (word.upper() if len(word) <= 3 else word.capitalize() for word in slug.split("-"))
    return " ".join(words)


def code_of(slug: str) -> str:
    """Return arXiv's code for a category's slug: ``cs-ai`` is cs.AI, ``hep-th`` stays hep-th."""
    archive, _, subject = slug.partition("-")
    return f"{archive}.{subject.upper()}" if slug in CATEGORY_NAMES else slug
