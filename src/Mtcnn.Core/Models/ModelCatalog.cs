namespace Mtcnn.Models;

/// <summary>
/// The original weights. 12net, 24net, 48net and the landmark net are the MTCNN authors' det1 to det4
/// (github.com/kpzhang93/MTCNN_face_detection_alignment); the first three lie unchanged in github.com/CongWeilin/mtcnn-caffe too, which adds
/// the ones that only classify, as starting points for training.
/// </summary>
public static class ModelCatalog
{
    private const string Authors =
        "https://raw.githubusercontent.com/kpzhang93/MTCNN_face_detection_alignment/91d8eabd323d7912094f9223fb10db74192bc501/code/codes/MTCNNv2/model/";

    private const string Reference = "https://raw.githubusercontent.com/CongWeilin/mtcnn-caffe/ec1809df225213282e385295773cca976f33ae6d/";

    /// <summary>12net (det1, P-Net): proposes windows.</summary>
    public static OriginalModel Proposal { get; } = new(
        "12net",
        "proposes windows that may hold a face",
        28_163,
        "d6085e7f48ba7e6b6f1b58964595f6bce5b97bcc4866751f7b4bdc98f920c096",
        Layouts("12net", "det1"),
        [new(Authors + "det1.caffemodel"), new(Reference + "12net/12net.caffemodel")]);

    /// <summary>24net (det2, R-Net): rejects and refines windows.</summary>
    public static OriginalModel Refinement { get; } = new(
        "24net",
        "rejects and refines the proposals",
        407_910,
        "39b20f7a57bb8176cc9466cea4dfd52da6a6f876de60c7ab222a309f2d0ca08c",
        Layouts("24net", "det2"),
        [new(Authors + "det2.caffemodel"), new(Reference + "24net/24net.caffemodel")]);

    /// <summary>48net (det3, O-Net): gives faces with landmarks.</summary>
    public static OriginalModel Output { get; } = new(
        "48net",
        "gives the faces and their landmarks",
        1_558_412,
        "9d6098829a4d6d318f37cec42142465637fafe4c673f2e93b69495bf7ca23d2d",
        Layouts("48net", "det3"),
        [new(Authors + "det3.caffemodel"), new(Reference + "48net/48net.caffemodel")]);

    /// <summary>The fourth net (det4, L-Net): refines landmarks. Optional.</summary>
    public static OriginalModel Landmarks { get; } = new(
        "landmarks",
        "refines the landmarks (optional)",
        3_798_152,
        "23dfa3f889a8dd5d1ffe7429229270892bcb19221ede13aaac8896ea060bfb76",
        Layouts("landmarks", "det4"),
        [new(Authors + "det4.caffemodel")]);

    /// <summary>12net trained to classify only: a starting point for training.</summary>
    public static OriginalModel ProposalClassifier { get; } = new(
        "12net-only-cls",
        "12net trained to classify only",
        27_148,
        "1fb139f783314f1a44294312be364cb19dc035aed6517e9dff0a5a3dbf376204",
        ["12net-only-cls.caffemodel", "12net-cls-only.caffemodel", "12net/12net-cls-only.caffemodel", "reference/12net/12net-cls-only.caffemodel"],
        [new(Reference + "12net/12net-cls-only.caffemodel")]);

    /// <summary>24net trained to classify only: a starting point for training.</summary>
    public static OriginalModel RefinementClassifier { get; } = new(
        "24net-only-cls",
        "24net trained to classify only",
        399_982,
        "6e81ee341c8b6255bc4672ab03fccac1db79d6b0120bbd6286126d977cb1fb8c",
        ["24net-only-cls.caffemodel", "24net/24net-only-cls.caffemodel", "reference/24net/24net-only-cls.caffemodel"],
        [new(Reference + "24net/24net-only-cls.caffemodel")]);

    /// <summary>48net trained to classify only: a starting point for training.</summary>
    public static OriginalModel OutputClassifier { get; } = new(
        "48net-only-cls",
        "48net trained to classify only",
        1_543_381,
        "5508cd32724139655e52c6cd9c89c3420650b53cf42c11072105176857241a69",
        ["48net-only-cls.caffemodel", "48net/48net-only-cls.caffemodel", "reference/48net/48net-only-cls.caffemodel"],
        [new(Reference + "48net/48net-only-cls.caffemodel")]);

    /// <summary>What detection uses: the three nets and the optional fourth.</summary>
    public static IReadOnlyList<OriginalModel> Detection { get; } = [Proposal, Refinement, Output, Landmarks];

    /// <summary>Every model.</summary>
    public static IReadOnlyList<OriginalModel> All { get; } = [.. Detection, ProposalClassifier, RefinementClassifier, OutputClassifier];

    /// <summary>The model of a name such as <c>24net</c>, whatever its letters' case.</summary>
    /// <exception cref="ArgumentException">There is none; the message lists the names.</exception>
    public static OriginalModel ByName(string name) =>
        All.FirstOrDefault(model => string.Equals(model.Name, name, StringComparison.OrdinalIgnoreCase))
        ?? throw new ArgumentException($"There is no model named \"{name}\"; there are {string.Join(", ", All)}.", nameof(name));

    /// <summary>The model whose original has this SHA-256; null if none has.</summary>
    internal static OriginalModel? WithSum(string sha256) => All.FirstOrDefault(model => model.Sha256 == sha256);

    private static string[] Layouts(string name, string authorsName) =>
    [
        $"{name}.caffemodel",
        $"{authorsName}.caffemodel",
        $"{name}/{name}.caffemodel",
        $"reference/{name}/{name}.caffemodel",
        $"official/{authorsName}.caffemodel",
    ];
}
