using System.Text.Json;
using System.Text.Json.Nodes;

namespace DocumentPipeline;

/// <summary>Collects what an engine finds, in order, up to the limit.</summary>
internal sealed class ArtifactList(Guid documentId, string engine, int limit)
{
    private readonly List<Artifact> _found = [];

    public IReadOnlyList<Artifact> Found => _found;

    /// <summary>Whether something was found that had no room.</summary>
    public bool IsCut { get; private set; }

    public void Add(int page, string type, JsonObject data, BoundingBox? box = null, double? confidence = null)
    {
        if (_found.Count >= limit)
        {
            IsCut = true;
            return;
        }

        using var json = JsonDocument.Parse(data.ToJsonString());
        _found.Add(
            new Artifact(Guid.CreateVersion7(), documentId, page, type, engine)
            {
                Ordinal = _found.Count,
                Box = box,
                Confidence = confidence,
                Data = json.RootElement.Clone(),
            }
        );
    }
}
