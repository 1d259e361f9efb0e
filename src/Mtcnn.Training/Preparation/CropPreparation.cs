using System.Runtime.ExceptionServices;
using CaffeSharp;
using Mtcnn.Imaging;
using Mtcnn.Models;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Crops.Makers;
using OpenCvSharp;

namespace Mtcnn.Training.Preparation;

/// <summary>Cuts the crops that a net is trained on out of annotated pictures, into a folder of stores.</summary>
public static class CropPreparation
{
    // After so many pictures what is done is kept.
    private const int PicturesTogether = 64;

    /// <summary>
    /// Makes the folder of a plan, several pictures at a time, or goes on with one that a stopped run of the same plan left, or says what is in one that is whole.
    /// The same plan gives the same crops in the same order, however often it is stopped. Memory is bounded by a picture a thread and what waits to be written.
    /// </summary>
    /// <param name="plan">What to make.</param>
    /// <param name="progress">Told after every picture, from any thread; null for nobody.</param>
    /// <param name="stop">Stops it within a picture's time, so that the same call goes on later.</param>
    /// <returns>What was made, and which pictures and faces were left out.</returns>
    /// <exception cref="ArgumentException">A value of the plan is out of its range.</exception>
    /// <exception cref="CropException">The folder holds something else, or crops of another plan; the message says in what it differs.</exception>
    /// <exception cref="ModelException">Weights are missing, corrupt or another network's.</exception>
    /// <exception cref="CaffeException">A store cannot be written: a full disk. What was written before stays.</exception>
    /// <exception cref="OperationCanceledException">It was stopped.</exception>
    public static CropFolder Run(CropPlan plan, IProgress<PreparationProgress>? progress = null, CancellationToken stop = default)
    {
        plan.Validate();
        CropFiles folder = new(plan.Folder);
        PreparationRecord now = new()
        {
            Plan = PlanDescription.Of(plan),
            Pictures = plan.Sources.Sum(source => source.Annotations.Pictures.Count),
            Problems = [.. plan.Sources.SelectMany(source => source.Annotations.Problems)],
        };
        if (folder.Whole.Resume(now) is not null)
        {
            return CropFolder.Read(plan.Folder);
        }

        PreparationRecord? begun = folder.Begun.Resume(now);
        if (begun is null)
        {
            folder.Make();
            begun = now;
            folder.Begun.Write(begun);
        }

        PreparationRecord done = Cut(plan, folder, begun, progress, stop);
        folder.DeleteEmptyStores(done.Counts);
        folder.WriteWhole(done);
        return CropFolder.Read(plan.Folder);
    }

    private static PreparationRecord Cut(
        CropPlan plan, CropFiles folder, PreparationRecord begun, IProgress<PreparationProgress>? progress, CancellationToken stop)
    {
        (CropSource Source, AnnotatedPicture Picture)[] pictures =
            [.. plan.Sources.SelectMany(source => source.Annotations.Pictures.Select(picture => (source, picture)))];
        using CropMakers makers = new(plan);
        using TaskStores writer = new(folder, plan, anew: begun.Done == 0);
        PictureCounter counter = new(begun, progress);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Math.Min(plan.Threads ?? CaffeRuntime.Threads, CaffeRuntime.Threads), CancellationToken = stop };
        PreparationRecord record = begun;
        while (record.Done < pictures.Length)
        {
            int end = Math.Min(record.Done + PicturesTogether, pictures.Length);
            try
            {
                _ = Parallel.For(record.Done, end, parallel, index =>
                    counter.Add(index, CutInTurn(index, pictures[index].Source, pictures[index].Picture, makers, writer, stop)));
            }
            catch (AggregateException exception)
            {
                // Of several pictures that fail at once, one is told of, as in a loop.
                ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
            }

            writer.Commit();
            record = counter.RecordOf(record, end);
            folder.Begun.Write(record);
        }

        return record;
    }

    // A detector that makes crops of its mistakes is inside already, and has the turn.
    private static PictureOutcome CutInTurn(
        int index, CropSource source, AnnotatedPicture picture, CropMakers makers, TaskStores writer, CancellationToken stop)
    {
        using WorkGate.Pass pass = WorkGate.Enter(stop);
        return WorkGate.Run(() =>
        {
            using ComputeTurn turn = ComputeTurn.Enter();
            return CutPicture(index, source, picture, makers, writer, stop);
        });
    }

    private static PictureOutcome CutPicture(
        int index, CropSource source, AnnotatedPicture picture, CropMakers makers, TaskStores writer, CancellationToken stop)
    {
        PictureOutcome outcome = new();
        try
        {
            using Mat image = ImageReader.Read(picture.Path);
            MarkedPicture marked = new(image, FacesInPicture.Of(source, picture, image, outcome.Problems), source.EveryFaceIsMarked);
            int number = 0;
            makers.Make(marked, index, crop =>
            {
                stop.ThrowIfCancellationRequested();
                writer.Put(index, number++, crop);
                outcome.Count(crop.Kind);
            });
        }
        catch (ImageException exception)
        {
            outcome.IsUnread = true;
            outcome.Problems.Add($"{picture.Place ?? source.Annotations.Name}: {exception.Message}");
        }

        return outcome;
    }
}
