/**
 * Why a space is not well: causes, what could be lost, and what to do, instead of symptoms.
 *
 * <p>Start at {@link dev.cairn.merge.doctor.Doctor}. {@code StateExam} looks at this device's own state, {@code
 * FolderExam} at the folder as a disk sees it, {@code FileExam} at what {@code dev.cairn.merge.verify} found in its
 * files, and {@code FleetExam} at what devices say and what is remembered of them. Each {@link
 * dev.cairn.merge.doctor.Cause} says how bad it is by what could be lost. {@code Mending} does what cannot lose data:
 * it gives back permissions, writes the marker again, deletes left-overs, and lets the space publish its own files
 * again; a second examination then tells what has gone.
 */
@NullMarked
package dev.cairn.merge.doctor;

import org.jspecify.annotations.NullMarked;
