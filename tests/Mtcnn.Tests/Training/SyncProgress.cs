using Mtcnn.Training;

namespace Mtcnn.Tests.Training;

/// <summary>Hears of a training on the thread that trains, while it waits.</summary>
internal sealed class SyncProgress(Action<NetTrainingProgress> heard) : IProgress<NetTrainingProgress>
{
    public void Report(NetTrainingProgress value) => heard(value);
}
