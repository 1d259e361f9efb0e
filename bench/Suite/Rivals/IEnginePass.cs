using Mtcnn.Detection;

namespace Mtcnn.Suite.Rivals;

/// <summary>A network in some engine.</summary>
internal interface IEnginePass : INetPass, IDisposable;
