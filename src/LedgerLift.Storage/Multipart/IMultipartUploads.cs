namespace LedgerLift.Storage;

/// <summary>Uploads in parts that a client sends by itself, part by part, with signed URLs. Safe to use from any number of threads.</summary>
public interface IMultipartUploads
{
    /// <summary>Begins an upload. One that is never completed or aborted is removed by the sweeper.</summary>
    /// <param name="intent">What will be uploaded; its type, metadata, hash and create-only belong to the whole object.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The upload, with the size its parts must have.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="intent"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The length is above the store's <c>MaxObjectBytes</c>.</exception>
    /// <exception cref="StorageException">The store could not do it.</exception>
    ValueTask<MultipartUpload> CreateAsync(UploadIntent intent, CancellationToken ct = default);

    /// <summary>Signs the PUT of one part, bound to its number and length. A part may be sent again; the last one counts. No I/O.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="partNumber">1 to <see cref="MultipartUpload.PartCount"/>.</param>
    /// <param name="length">The part's size in bytes: what <see cref="MultipartUpload.GetPartLength"/> says.</param>
    /// <param name="ct">Ends the call.</param>
    /// <returns>The URL and the headers to send.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="upload"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException">There is no such part, or it has another size.</exception>
    ValueTask<PresignedUpload> PresignPartAsync(MultipartUpload upload, int partNumber, long length, CancellationToken ct = default);

    /// <summary>Lists the parts that the store has, by number.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="ct">Cancels the listing.</param>
    /// <returns>The parts.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="upload"/> is null.</exception>
    /// <exception cref="StorageException">There is no such upload (<c>upload_not_found</c>): it never began, was completed, aborted or swept; or the store could not be asked.</exception>
    IAsyncEnumerable<UploadedPart> ListPartsAsync(MultipartUpload upload, CancellationToken ct = default);

    /// <summary>Makes the object from its parts, which the store is asked for. May be called again: an upload that is completed answers with its object.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>The object.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="upload"/> is null.</exception>
    /// <exception cref="PreconditionFailedException">It may only create, and another object is there.</exception>
    /// <exception cref="StorageException">Parts are missing or have another size (<c>upload_incomplete</c>), there is no such upload (<c>upload_not_found</c>), or the store could not do it.</exception>
    ValueTask<StoredObject> CompleteAsync(MultipartUpload upload, CancellationToken ct = default);

    /// <summary>Removes an upload and its parts. An upload that is not there is no failure; one that is completed stays completed.</summary>
    /// <param name="upload">The upload.</param>
    /// <param name="ct">Cancels the call.</param>
    /// <returns>When it is gone.</returns>
    /// <exception cref="ArgumentNullException"><paramref name="upload"/> is null.</exception>
    /// <exception cref="StorageException">The store could not do it.</exception>
    ValueTask AbortAsync(MultipartUpload upload, CancellationToken ct = default);
}
