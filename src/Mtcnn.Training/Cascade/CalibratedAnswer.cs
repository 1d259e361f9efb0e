namespace Mtcnn.Training.Cascade;

/// <summary>The effect of a change to the bias of a net's classifier, measured on held-out crops at the detector's threshold.</summary>
/// <param name="Shift">The change of the bias of "face".</param>
/// <param name="RecallBefore">The share of positives that passed before the change.</param>
/// <param name="RecallAfter">The share of positives that pass after the change.</param>
/// <param name="OthersBefore">The share of negatives that passed before the change.</param>
/// <param name="OthersAfter">The share of negatives that pass after the change.</param>
internal sealed record CalibratedAnswer(double Shift, double RecallBefore, double RecallAfter, double OthersBefore, double OthersAfter);
