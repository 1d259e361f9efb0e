using OpenCvSharp;
using OpenCvSharp.Dnn;

// The three nets in OpenCV, each run once on a part of the photo: less than a face takes, which requires the cascade around them too.
using Mat photo = Cv2.ImRead("photo.png");
foreach ((string name, Size size) in ((string, Size)[])[("12net", photo.Size()), ("24net", new Size(24, 24)), ("48net", new Size(48, 48))])
{
    using Net net = CvDnn.ReadNetFromCaffe($"{name}.prototxt", $"models/{name}.caffemodel")!;
    using Mat input = CvDnn.BlobFromImage(photo, 1 / 128.0, size, new Scalar(127.5, 127.5, 127.5));
    net.SetInput(input);
    string[] outputs = [.. net.GetUnconnectedOutLayersNames().OfType<string>()];
    Mat[] results = [.. outputs.Select(_ => new Mat())];
    net.Forward(results, outputs);
    Console.WriteLine($"{name}: {results[0].Total()} numbers");
}
