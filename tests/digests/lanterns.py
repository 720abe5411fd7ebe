"""An invented paper in both languages, with an abstract of realistic length."""

TITLE = "Lanterns in the Latent Space: Retrieval for Small Machines"
TITLE_ZH = "潜空间里的灯笼：面向小机器的检索"

ABSTRACT = (
    "We study how lanterns, small learned markers in a latent space, help machines with little "
    "memory to find documents. Earlier methods keep every vector and therefore need large "
    "machines. We place a few hundred lanterns where documents are dense, and let a query walk "
    "from lantern to lantern. The walk is short, can be explained to a reader step by step, and "
    "needs no training on the user's own documents. On four invented collections the method finds "
    "as many relevant documents as the strongest baseline with a tenth of the memory. We also "
    "report where it fails: in collections without any structure. Code is at this https URL."
)
FIRST = (
    "我们研究灯笼，即潜空间中学到的小标记，如何帮助内存很小的机器查找文档。"
    "以往的方法保存所有向量，因此需要大型机器。我们在文档密集之处放置数百个灯笼，"
    "让查询从一个灯笼走向另一个灯笼。"
)
SECOND = (
    "这段路很短，可以逐步向读者解释，并且不需要用用户自己的文档训练。"
    "在四个虚构的文档集上，该方法以十分之一的内存找到与最强基线同样多的相关文档。"
    "我们还报告了它失败的情形：毫无结构的文档集。代码见 this https URL。"
)
ABSTRACT_ZH = FIRST + SECOND
