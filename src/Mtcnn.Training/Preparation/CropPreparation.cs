using System.Runtime.ExceptionServices;
using CaffeSharp;
using Mtcnn.Imaging;
using Mtcnn.Models;
using Mtcnn.Training.Annotations;
using Mtcnn.Training.Crops;
using Mtcnn.Training.Crops.Makers;
using OpenCvSharp;

namespace Mtcnn.Training.Preparation;

/// <summary>Cuts training crops for a net from annotated images, and writes them to a folder of stores.</summary>
public static class CropPreparation
{
    // The number of images between two writes of the record.
    private const int ImagesTogether = 64;

    /// <summary>
    /// Creates the folder of a plan, processing several images at a time. Resumes an interrupted preparation of the same plan; if the folder is complete, only describes it.
    /// The same plan gives the same crops in the same order, also after interruptions. Memory use is limited to one image per thread and the pending crops.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="progress">Receives the progress after every image, from any thread; can be null.</param>
    /// <param name="stop">Stops the preparation after the current images. The same call resumes it later.</param>
    /// <returns>A description of the crops, and of the images and faces that were left out.</returns>
    /// <exception cref="ArgumentException">A value of the plan is out of range.</exception>
    /// <exception cref="CropException">The folder contains other files, or crops of another plan; the message lists the differences.</exception>
    /// <exception cref="ModelException">Weights are missing, corrupt or for another network.</exception>
    /// <exception cref="CaffeException">A store cannot be written, for example because the disk is full. Previously written crops are kept.</exception>
    /// <exception cref="OperationCanceledException">The preparation was stopped.</exception>
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
                // If several images fail at the same time, only one exception is thrown, as in a loop.
                ExceptionDispatchInfo.Throw(exception.InnerExceptions[0]);
            }

            writer.Commit();
            record = counter.RecordOf(record, end);
            folder.Begun.Write(record);
        }

        return record;
    }

    // A detector that cuts hard examples already holds a place in the thread budget.
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
