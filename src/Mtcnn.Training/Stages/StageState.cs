namespace Mtcnn.Training.Stages;

/// <summary>The state of a stage.</summary>
internal enum StageState
{
    /// <summary>The stage was started but is not finished: it was stopped, killed or failed.</summary>
    Begun,

    /// <summary>The stage is finished, and its output is complete.</summary>
    Done,
}
