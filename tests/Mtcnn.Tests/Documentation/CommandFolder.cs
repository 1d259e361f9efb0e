using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using CaffeSharp.Tests.Support;
using Mtcnn.Detection;
using Mtcnn.Faces;
using Mtcnn.Tests.Cli.Support;
using Mtcnn.Tests.Evaluation;
using Mtcnn.Tests.Support;
using OpenCvSharp;

namespace Mtcnn.Tests.Documentation;

/// <summary>A folder with the files that the commands of the pages name: small ones, made from the files of this repository.</summary>
[UnsupportedOSPlatform("windows")]
internal sealed class CommandFolder : IDisposable
{
    private const int Side = 256;
    private const int Deadline = 60_000;

    private static readonly string[] s_photos =
        ["photo.jpg", "photos/a.jpg", "PHOTOS/photo.jpg", "PHOTOS/images/dlib-faces/photo.jpg", "WIDER_train/images/0--Parade/photo.jpg",
         "WIDER_val/images/0--Parade/photo.jpg", "originalPics/photo.jpg"];

    private static readonly string[] s_tables =
        ["faces.csv", "crowds.csv", "faces5/validation.csv", "webfaces/validation.csv", "PHOTOS/data/faces5/validation.csv", "PHOTOS/data/webfaces/validation.csv"];

    private readonly TemporaryFolder _folder = new();
    private readonly Face _face;

    public CommandFolder()
    {
        using Mat photo = Cv2.ImRead(Repository.Folder("samples", "astronaut.png"));
        using Mat small = photo.Resize(new Size(Side, Side), interpolation: InterpolationFlags.Area);
        byte[] jpeg = small.ToBytes(".jpg");
        _face = Assert.Single(Detectors.Authors.Detect(jpeg));
        foreach (string name in s_photos)
        {
            Write(name, jpeg);
        }

        foreach (string table in s_tables)
        {
            Write(Path.Combine(Path.GetDirectoryName(table)!, "photo.jpg"), jpeg);
            Write(table, Csv());
        }

        Write("PHOTOS/marks.xml", Dlib());
        Write("PHOTOS/images/dlib-faces/marks.xml", Dlib());
        Write("wider_face_train_bbx_gt.txt", WiderList());
        Write("FDDB-folds/FDDB-fold-01-ellipseList.txt", Fddb());
        WriteWiderMatrices();
        WriteVideo(small);
        LinkModels();
        Write("bin/mtcnn", $"#!/bin/sh\nexec '{MtcnnCommand.Executable}' \"$@\"\n");
        File.SetUnixFileMode(At("bin/mtcnn"), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        File.CreateSymbolicLink(At("build"), Repository.Folder("build"));
    }

    public void Dispose() => _folder.Dispose();

    /// <summary>Runs a command in this folder as a shell does.</summary>
    /// <returns>The exit code, and what it wrote to both streams.</returns>
    public (int ExitCode, string Output) Run(string command)
    {
        ProcessStartInfo start = new("bash", ["-c", $"set -euo pipefail; {{ {command}\n}} 2>&1"])
        {
            WorkingDirectory = _folder.Path,
            RedirectStandardOutput = true,
            RedirectStandardInput = true,
        };
        start.Environment["PATH"] = $"{At("bin")}:{Environment.GetEnvironmentVariable("PATH")}";
        start.Environment["HOME"] = _folder.Path;
        start.Environment["MTCNN_SHARED"] = SharedFolder.Root;
        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(Deadline))
        {
            process.Kill(entireProcessTree: true);
            return (-1, $"It did not end within {Deadline / 1000} s.");
        }

        return (process.ExitCode, output.GetAwaiter().GetResult());
    }

    private string At(string name) => Path.Combine(_folder.Path, name);

    private void Write(string name, string text) => Write(name, System.Text.Encoding.UTF8.GetBytes(text));

    private void Write(string name, byte[] content)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(At(name))!);
        File.WriteAllBytes(At(name), content);
    }

    private string Csv()
    {
        double[] numbers =
            [_face.Box.Left, _face.Box.Top, _face.Box.Right, _face.Box.Bottom, .. _face.Landmarks.ToArray().SelectMany(point => new double[] { point.X, point.Y })];
        return "image,left,top,right,bottom,left_eye_x,left_eye_y,right_eye_x,right_eye_y,nose_x,nose_y,left_mouth_x,left_mouth_y,right_mouth_x,right_mouth_y\n"
            + $"photo.jpg,{string.Join(',', numbers.Select(number => number.ToString("F2", CultureInfo.InvariantCulture)))}\n";
    }

    private string Dlib() => string.Create(
        CultureInfo.InvariantCulture,
        $"<dataset><images><image file='photo.jpg'><box left='{_face.Box.Left:F0}' top='{_face.Box.Top:F0}' width='{_face.Box.Width:F0}' height='{_face.Box.Height:F0}'/></image></images></dataset>");

    private string WiderList() => string.Create(
        CultureInfo.InvariantCulture,
        $"0--Parade/photo.jpg\n1\n{_face.Box.Left:F0} {_face.Box.Top:F0} {_face.Box.Width:F0} {_face.Box.Height:F0} 0 0 0 0 0 0\n");

    private string Fddb() => string.Create(
        CultureInfo.InvariantCulture,
        $"photo\n1\n{_face.Box.Height / 2:F1} {_face.Box.Width / 2:F1} 1.5708 {_face.Box.Left + (_face.Box.Width / 2):F1} {_face.Box.Top + (_face.Box.Height / 2):F1} 1\n");

    private void WriteWiderMatrices()
    {
        Write("ground_truth/wider_face_val.mat", MatWriter.File(
            true,
            MatWriter.Cells("event_list", MatWriter.Text("", "0--Parade")),
            MatWriter.Cells("file_list", MatWriter.Cells("", MatWriter.Text("", "photo"))),
            MatWriter.Cells("face_bbx_list", MatWriter.Cells("", MatWriter.Numbers("", [_face.Box.Left, _face.Box.Top, _face.Box.Width, _face.Box.Height])))));
        foreach (string set in (string[])["easy", "medium", "hard"])
        {
            Write($"ground_truth/wider_{set}_val.mat", MatWriter.File(true, MatWriter.Cells("gt_list", MatWriter.Cells("", MatWriter.Numbers("", [1])))));
        }
    }

    private void WriteVideo(Mat frame)
    {
        using VideoWriter writer = new(At("street.mp4"), VideoWriter.FourCC("mp4v"), 20, frame.Size());
        for (int number = 0; number < 5; number++)
        {
            writer.Write(frame);
        }
    }

    private void LinkModels()
    {
        foreach (string definition in Directory.EnumerateFiles(Repository.Folder("prototxt"), "*.prototxt"))
        {
            File.CreateSymbolicLink(At(Path.GetFileName(definition)), definition);
        }

        File.CreateSymbolicLink(At("net.prototxt"), Repository.Folder("prototxt", "12net.prototxt"));
        File.CreateSymbolicLink(At("weights.caffemodel"), Repository.Folder("models", "12net.caffemodel"));
        foreach (string folder in (string[])["models", "mine", "trained"])
        {
            // `mtcnn models card` writes into it.
            Directory.CreateDirectory(At(folder));
            foreach (string file in Directory.EnumerateFiles(Repository.Folder("models")))
            {
                File.Copy(file, At(Path.Combine(folder, Path.GetFileName(file))));
            }
        }

        foreach (string weights in Directory.EnumerateFiles(Repository.Folder("models"), "*.caffemodel"))
        {
            File.CreateSymbolicLink(At(Path.GetFileName(weights)), weights);
        }
    }
}
