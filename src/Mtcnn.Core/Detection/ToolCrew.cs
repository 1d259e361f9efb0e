namespace Mtcnn.Detection;

/// <summary>A crew of cascades that work with one of their tools.</summary>
internal sealed class ToolCrew<TTool>(CascadeCrew crew, Func<Cascade, TTool> toolOf) : ICrew<TTool>
{
    public void Run(int count, Action<TTool, int> work) => crew.Run(count, (cascade, piece) => work(toolOf(cascade), piece));
}
