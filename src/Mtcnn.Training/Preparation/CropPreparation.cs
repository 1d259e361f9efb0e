using System.Runtime.ExceptionServices;
using CaffeSharp;
using Mtcnn.Imaging;
using Mtcnn.Models;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Crops.Makers;
using OpenCvSharp;

namespace Mtcnn.Training.Preparation;

/// <summary>Cuts the crops that a net is trained on out of annotated images, into a folder of stores.</summary>
public static class CropPreparation
{
    // After so many images what is done is kept.
    private const int ImagesTogether = 64;

    /// <summary>
    /// Makes the folder of a plan, several images at a time, or continues with one that a stopped run of the same plan left, or says what is in one that is whole.
    /// The same plan gives the same crops in the same order, however often it is stopped. Memory is bounded by an image per thread and what waits to be written.
    /// </summary>
    /// <param name="plan">What to make.</param>
    /// <param name="progress">Told after every image, from any thread; null for nobody.</param>
    /// <param name="stop">Stops it within an image's time, so that the same call continues later.</param>
    /// <returns>What was made, and which images and faces were left out.</returns>
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
            Images = plan.Sources.Sum(source => source.Annotations.Images.Count),
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
        (CropSource Source, AnnotatedImage Image)[] images =
            [.. plan.Sources.SelectMany(source => source.Annotations.Images.Select(annotated => (source, annotated)))];
        using CropMakers makers = new(plan);
        using TaskStores writer = new(folder, plan, again: begun.Done == 0);
        ImageCounter counter = new(begun, progress);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = Math.Min(plan.Threads ?? CaffeRuntime.Threads, CaffeRuntime.Threads), CancellationToken = stop };
        PreparationRecord record = begun;
        while (record.Done < images.Length)
        {
            int end = Math.Min(record.Done + ImagesTogether, images.Length);
            try
            {
                _ = Parallel.For(record.Done, end, parallel, index =>
                    counter.Add(index, CutInTurn(index, images[index].Source, images[index].Image, makers, writer, stop)));
            }
            catch (AggregateException exception)
            {
                // Of several images that fail at once, one is reported, as in a loop.
                ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
            }

            writer.Commit();
            record = counter.RecordOf(record, end);
            folder.Begun.Write(record);
        }

        return record;
    }

    // A detector that makes crops of its mistakes is inside already, and has the turn.
    private static ImageOutcome CutInTurn(
        int index, CropSource source, AnnotatedImage annotated, CropMakers makers, TaskStores writer, CancellationToken stop)
    {
        using WorkGate.Pass pass = WorkGate.Enter(stop);
        return WorkGate.Run(() =>
        {
            using ComputeTurn turn = ComputeTurn.Enter();
            return CutImage(index, source, annotated, makers, writer, stop);
        });
    }

    private static ImageOutcome CutImage(
        int index, CropSource source, AnnotatedImage annotated, CropMakers makers, TaskStores writer, CancellationToken stop)
    {
        ImageOutcome outcome = new();
        try
        {
            using Mat image = ImageReader.Read(annotated.Path);
            MarkedImage marked = new(image, FacesInImage.Of(source, annotated, image, outcome.Problems), source.EveryFaceIsMarked);
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
            outcome.Problems.Add($"{annotated.Place ?? source.Annotations.Name}: {exception.Message}");
        }

        return outcome;
    }
}
