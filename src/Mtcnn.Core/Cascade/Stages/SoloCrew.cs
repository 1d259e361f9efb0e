namespace Mtcnn.Detection;

/// <summary>Does all work on the caller's thread.</summary>
internal sealed class SoloCrew<TTool>(TTool tool) : ICrew<TTool>
{
    public void Run(int count, Action<TTool, int> work)
    {
        for (int piece = 0; piece < count; piece++)
        {
            work(tool, piece);
        }
    }
}
