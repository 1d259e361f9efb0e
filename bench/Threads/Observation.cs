namespace Mtcnn.ThreadBudget;

/// <summary>What a run did, and how many threads it did it with.</summary>
/// <param name="Threads">The budget.</param>
/// <param name="MostHeld">The most places of the budget that were held at a time, as the budget counts them.</param>
/// <param name="MeanRunning">Threads that ran or wanted a processor, on average, by the system's count; the one that counts is left out.</param>
/// <param name="WallSeconds">How long it took.</param>
/// <param name="ProcessorSeconds">Time on processors, of all threads.</param>
/// <param name="Images">Images that the detectors were given back.</param>
/// <param name="Steps">Iterations of the solver.</param>
/// <param name="Passes">Asynchronous passes.</param>
internal sealed record Observation(
    int Threads, int MostHeld, double MeanRunning, double WallSeconds, double ProcessorSeconds, int Images, int Steps, int Passes)
{
    /// <summary>A hash of faces and weights that were computed before, in an order that does not depend on threads.</summary>
    public string Digest { get; init; } = string.Empty;
}
