namespace Mtcnn.Detection;

/// <summary>How a pixel enters the networks: <c>(p - 127.5) / 128</c>, looked up.</summary>
internal static class PixelNormalization
{
    private static readonly double[] DoubleTable = MakeTable();
    private static readonly float[] SingleTable = Array.ConvertAll(DoubleTable, value => (float)value);

    /// <summary>The input value of each of the 256 pixel values, exact.</summary>
    public static ReadOnlySpan<float> Single => SingleTable;

    /// <summary>The input value of each of the 256 pixel values, exact.</summary>
    public static ReadOnlySpan<double> Double => DoubleTable;

    private static double[] MakeTable()
    {
        double[] table = new double[256];
        for (int i = 0; i < table.Length; i++)
        {
            table[i] = (i - 127.5) / 128;
        }

        return table;
    }
}
