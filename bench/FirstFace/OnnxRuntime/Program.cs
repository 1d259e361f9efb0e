using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using SkiaSharp;

// The three nets in ONNX Runtime, each run once on a part of the photo: less than a face takes, which requires the cascade around them too.
using SKBitmap photo = SKBitmap.Decode("photo.png");
foreach ((string name, int side) in ((string, int)[])[("12net", photo.Width), ("24net", 24), ("48net", 48)])
{
    using SKBitmap scaled = photo.Resize(new SKImageInfo(side, side), new SKSamplingOptions(SKFilterMode.Linear));
    DenseTensor<float> input = new([1, 3, side, side]);
    for (int x = 0; x < side; x++)
    {
        for (int y = 0; y < side; y++)
        {
            SKColor pixel = scaled.GetPixel(x, y);
            (input[0, 0, x, y], input[0, 1, x, y], input[0, 2, x, y]) = (Scale(pixel.Blue), Scale(pixel.Green), Scale(pixel.Red));
        }
    }

    using InferenceSession session = new($"{name}.onnx");
    using IDisposableReadOnlyCollection<DisposableNamedOnnxValue> results = session.Run([NamedOnnxValue.CreateFromTensor(session.InputNames[0], input)]);
    Console.WriteLine($"{name}: {results[0].AsTensor<float>().Length} numbers");
}

static float Scale(byte value) => (value - 127.5f) / 128;
