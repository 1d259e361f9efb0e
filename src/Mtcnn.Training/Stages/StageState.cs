namespace Mtcnn.Training.Stages;

/// <summary>How far a stage of a run got.</summary>
internal enum StageState
{
    /// <summary>It was begun and not ended: stopped, killed or failed.</summary>
    Begun,

    /// <summary>It ended, and what it makes is whole.</summary>
    Done,
}
