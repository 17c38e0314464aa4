using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace DocumentPipeline;

/// <summary>The work on documents.</summary>
public static class ProcessingServiceCollectionExtensions
{
    /// <summary>What works on one document; needs a document home and an object store.</summary>
    public static IServiceCollection AddDocumentProcessing(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddOptions<WorkerOptions>();
        services.AddSingleton<DocumentProcessor>();
        return services;
    }
}
