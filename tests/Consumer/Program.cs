using CaffeSharp;
using Consumer;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Mtcnn.Alignment;
using Mtcnn.Detection;
using Mtcnn.Extensions;
using Mtcnn.Faces;
using Mtcnn.Imaging;
using OpenCvSharp;

// What a program gets from the packages alone; run.sh runs it where there is nothing else. aot.sh has it compiled ahead of time.
Checks checks = new();
ReadByCaffe(checks);
FindFaces(checks);
await ServeAsync(checks);
Train(checks);
KeepData(checks);
SayWhatIsMissing(checks);
return checks.Close();

static void ReadByCaffe(Checks checks)
{
    // Caffe's own layer: nothing of CaffeSharp.Imaging was called before.
    File.WriteAllText("images.txt", "astronaut.png 3\n");
    using Net net = Net.FromText("""
        layer { name: "images" type: "ImageData" top: "data" top: "label" image_data_param { source: "images.txt" batch_size: 1 } }
        """);
    net.Forward();
    checks.Near("the rows of the image that Caffe's layer reads", 512, net.Blobs["data"].Height, 0);
    checks.Near("the label that it reads", 3, net.Blobs["label"].Data[0], 0);
}

static void FindFaces(Checks checks)
{
    using Mat photo = ImageReader.Read("astronaut.png");
    Face face = BestFace(Engine.Accelerated, photo);
    Console.WriteLine($"  {face.Box} {face.Score} {face.Landmarks}");
    // By eye, from the photo; what exactly the weights say is others' to check.
    checks.Near("the score", 1, face.Score, 0.01);
    checks.Near("the nose's x", 225, face.Landmarks.Nose.X, 4);
    checks.Near("the nose's y", 128, face.Landmarks.Nose.Y, 4);
    checks.Near("the middle between the eyes, x", 225, (face.Landmarks.LeftEye.X + face.Landmarks.RightEye.X) / 2, 4);
    checks.Near("the width of the box", 86, face.Box.Width, 8);

    Face byCaffe = BestFace(Engine.Caffe, photo);
    checks.Near("the score by Caffe's own layers", face.Score, byCaffe.Score, 1e-4);
    checks.Near("the nose's x by Caffe's own layers", face.Landmarks.Nose.X, byCaffe.Landmarks.Nose.X, 0.01);

    using AlignedMat aligned = new FaceAligner(size: 112).Align(photo, face.Landmarks);
    checks.Holds("the aligned face is 112 pixels square", aligned.Image.Size() == new Size(112, 112), $"{aligned.Image.Size()}");
    checks.Near("its nose's x, which faces aligned for ArcFace have at 56.03", 56.03, aligned.Landmarks.Nose.X, 4);
    checks.Near("its left eye's y, which they have at 51.70", 51.70, aligned.Landmarks.LeftEye.Y, 4);
    checks.Near("its eyes are level", 0, aligned.Landmarks.LeftEye.Y - aligned.Landmarks.RightEye.Y, 3);
}

static Face BestFace(Engine engine, Mat photo)
{
    using FaceDetector detector = new(new FaceDetectorOptions { RefineLandmarks = true, Engine = engine });
    return detector.Detect(photo).MaxBy(face => face.Score) ?? throw new InvalidOperationException("no face was found");
}

static async Task ServeAsync(Checks checks)
{
    IConfiguration configuration = new ConfigurationBuilder()
        .AddInMemoryCollection([new("Mtcnn:Profile", "mtcnn-caffe"), new("Mtcnn:MinimumFace", "60"), new("Mtcnn:Thresholds:Output", "0.9")])
        .Build();
    await using ServiceProvider services = new ServiceCollection().AddLogging().AddMtcnn(configuration.GetSection("Mtcnn")).BuildServiceProvider();
    DetectedFaces found = await services.GetRequiredService<IFaceDetectionService>().DetectAsync("astronaut.png");
    checks.Holds("the service finds the one face", found.Faces.Count == 1, $"it finds {found.Faces.Count}");
    checks.Near("the service's score", 1, found.Faces.Max(face => face.Score), 0.01);
}

static void Train(Checks checks)
{
    // One weight w, loss (2 w - 6)^2 / 2, rate 0.1: the error of w shrinks by the factor 0.6 in each iteration.
    using Solver solver = Solver.FromText("""
        net_param {
          layer { name: "data" type: "DummyData" top: "x" top: "y"
            dummy_data_param { shape { dim: 1 dim: 1 } shape { dim: 1 dim: 1 }
              data_filler { type: "constant" value: 2 } data_filler { type: "constant" value: 6 } } }
          layer { name: "line" type: "InnerProduct" bottom: "x" top: "line"
            inner_product_param { num_output: 1 bias_term: false weight_filler { type: "constant" value: 0 } } }
          layer { name: "loss" type: "EuclideanLoss" bottom: "line" bottom: "y" top: "loss" }
        }
        base_lr: 0.1 lr_policy: "fixed" max_iter: 10 snapshot_after_train: false solver_mode: CPU
        """);
    solver.Step(10);
    checks.Near("the weight after ten iterations", 3 * (1 - Math.Pow(0.6, 10)), solver.Net.Parameters["line"][0].Data[0, 0], 1e-5);
}

static void KeepData(Checks checks)
{
    // LMDB, and HDF5 as Caffe itself writes it.
    using Net net = Net.FromText("""
        input: "x" input_shape { dim: 1 dim: 3 }
        layer { name: "line" type: "InnerProduct" bottom: "x" top: "y"
          inner_product_param { num_output: 2 weight_filler { type: "constant" value: 0.25 } } }
        """);
    net.SaveHdf5("weights.caffemodel.h5");
    net.Parameters["line"][0].CopyFrom(new float[6]);
    net.CopyFrom("weights.caffemodel.h5");
    checks.Near("a weight that went through HDF5", 0.25, net.Parameters["line"][0].Data[1, 2], 0);
    foreach (DatabaseBackend backend in (ReadOnlySpan<DatabaseBackend>)[DatabaseBackend.Lmdb, DatabaseBackend.LevelDB])
    {
        string folder = $"store-{backend}";
        using (DatumStore written = DatumStore.Create(folder, backend))
        {
            written.Put("key", DatumArrays.FromBytes([1, 2, 3, 4], channels: 1, height: 2, width: 2, label: 7));
            written.Commit();
        }

        using DatumStore read = DatumStore.Open(folder, backend);
        checks.Holds($"a record that went through {backend}", read.ReadRecords().Single().Value.Label == 7, "it is another");
    }
}

static void SayWhatIsMissing(Checks checks)
{
    try
    {
        Cv2.NamedWindow("faces");
        checks.Holds("OpenCV's windows are refused where there is no GTK", false, "a window opened");
    }
    catch (OpenCVException refusal)
    {
        checks.Holds("OpenCV's windows are refused where there is no GTK", true, refusal.Message);
        Console.WriteLine($"  {refusal.Message}");
    }
}
