namespace Mtcnn.Training.Evaluation.Fddb;

/// <summary>
/// Pairs rows and columns so that the sum of the weights of the pairs is largest: the Hungarian method with potentials, in
/// O(rows^2 columns) (Kuhn, "The Hungarian method for the assignment problem", 1955).
/// </summary>
internal static class MaximumMatching
{
    /// <summary>Returns for each row the index of its column, or -1. Rows and columns with weight 0 are not paired.</summary>
    /// <param name="weights">Weights of at least 0, row by row; all rows are of one length.</param>
    public static int[] Of(double[][] weights)
    {
        int rows = weights.Length;
        int columns = rows == 0 ? 0 : weights[0].Length;
        int[] result = new int[rows];
        Array.Fill(result, -1);
        bool turned = rows > columns;
        int[] partner = turned ? Solve(columns, rows, (i, j) => -weights[j][i]) : Solve(rows, columns, (i, j) => -weights[i][j]);
        for (int i = 0; i < partner.Length; i++)
        {
            (int row, int column) = turned ? (partner[i], i) : (i, partner[i]);
            if (weights[row][column] > 0)
            {
                result[row] = column;
            }
        }

        return result;
    }

    // Assigns each item of the smaller side to an item of the larger side at minimum cost. Indices count from 1; 0 means unassigned.
    private static int[] Solve(int few, int many, Func<int, int, double> cost)
    {
        double[] ofFew = new double[few + 1];
        double[] ofMany = new double[many + 1];
        int[] holder = new int[many + 1];
        int[] way = new int[many + 1];
        for (int next = 1; next <= few; next++)
        {
            holder[0] = next;
            int at = 0;
            double[] slack = new double[many + 1];
            Array.Fill(slack, double.PositiveInfinity);
            bool[] seen = new bool[many + 1];
            do
            {
                seen[at] = true;
                at = Advance(at, holder[at], ofFew, ofMany, holder, way, slack, seen, cost);
            }
            while (holder[at] != 0);

            for (; at != 0; at = way[at])
            {
                holder[at] = holder[way[at]];
            }
        }

        int[] partner = new int[few];
        for (int j = 1; j <= many; j++)
        {
            if (holder[j] != 0)
            {
                partner[holder[j] - 1] = j - 1;
            }
        }

        return partner;
    }

    private static int Advance(
        int at, int row, double[] ofFew, double[] ofMany, int[] holder, int[] way, double[] slack, bool[] seen, Func<int, int, double> cost)
    {
        int nearest = 0;
        double step = double.PositiveInfinity;
        for (int j = 1; j < seen.Length; j++)
        {
            if (seen[j])
            {
                continue;
            }

            double reduced = cost(row - 1, j - 1) - ofFew[row] - ofMany[j];
            if (reduced < slack[j])
            {
                (slack[j], way[j]) = (reduced, at);
            }

            if (slack[j] < step)
            {
                (step, nearest) = (slack[j], j);
            }
        }

        for (int j = 0; j < seen.Length; j++)
        {
            if (seen[j])
            {
                ofFew[holder[j]] += step;
                ofMany[j] -= step;
            }
            else
            {
                slack[j] -= step;
            }
        }

        return nearest;
    }
}
